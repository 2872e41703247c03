//! Tests of workbooks: samples of each program, and files made to do harm.

use super::*;
use flate2::{Compression, write::DeflateEncoder};
use rawzip::{CompressionMethod, ZipArchiveWriter};
use std::io::Write;

const XLSX: &[u8] = include_bytes!("samples/log.xlsx");
const XLS: &[u8] = include_bytes!("samples/log.xls");
const ODS: &[u8] = include_bytes!("samples/log.ods");
const MAC: &[u8] = include_bytes!("samples/mac1904.xlsx");

/// A zip of deflated parts.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipArchiveWriter::new(Vec::new());
    for (name, bytes) in parts {
        let (mut entry, config) = zip
            .new_file(name)
            .compression_method(CompressionMethod::DEFLATE)
            .start()
            .unwrap();
        let encoder = DeflateEncoder::new(&mut entry, Compression::default());
        let mut writer = config.wrap(encoder);
        writer.write_all(bytes).unwrap();
        let (encoder, descriptor) = writer.finish().unwrap();
        encoder.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    zip.finish().unwrap()
}

/// A workbook with one sheet of this data.
fn xlsx_of(sheet_data: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{sheet_data}</sheetData></worksheet>");
    package(&[
        ("[Content_Types].xml", b"<Types/>"),
        (
            "_rels/.rels",
            b"<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            b"<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            b"<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
        ),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn ods_of(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><table:table table:name=\"A\">{rows}</table:table></office:document-content>"
    );
    package(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}

fn lines(sheet: &Sheet) -> Vec<&str> {
    sheet.text.lines().collect()
}

#[test]
fn an_excel_workbook() {
    let sheets = sheets(XLSX).unwrap();
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["About", "Log", "Hidden"], "hidden sheets come last");
    assert_eq!(sheets[0].text, "My diary\n");
    assert_eq!(
        lines(&sheets[1]),
        [
            "Date,Where,Pain,Slept,Time,Ran,Notes",
            "2025-08-11,left knee,3,7:30:00,07:15:00,TRUE,\"line one line \"\"two\"\", three\"",
            "2025-08-12T21:04:11,none,0.5,,,FALSE,=not a formula",
            "",
            "2025-08-14,right shin,3,,,,\"# a note\"",
        ]
    );
    assert_eq!(
        (sheets[1].errors, sheets[1].beyond),
        (1, 0),
        "#DIV/0! is blank and counted"
    );
    assert_eq!(
        super::sheets(MAC).unwrap()[0].text,
        "Date,Pain\n2025-08-11,3\n",
        "days counted from 1904"
    );
}

#[test]
fn an_old_excel_workbook_and_a_libre_office_one() {
    assert_eq!(
        lines(&sheets(XLS).unwrap()[0]),
        [
            "Date,Where,Pain,Notes",
            "2025-08-11,left knee,3,\"stairs, down\"",
            "2025-08-12T21:04:11,genou gauche été,0.5,",
        ]
    );
    assert_eq!(
        lines(&sheets(ODS).unwrap()[0]),
        [
            "Date,Where,Pain,Slept,Notes",
            "2025-08-11,left knee,3,7:30:00,\"stairs, \"\"down\"\"\"",
            "2025-08-12T21:04:11,none,0.5,,",
            "",
            "2025-08-14,right shin,1,,",
        ]
    );
}

#[test]
fn what_is_a_workbook() {
    for bytes in [
        XLSX,
        XLS,
        ODS,
        MAC,
        b"<html><body>",
        b"\xEF\xBB\xBF  <!DOCTYPE html>",
        b"<table><tr>",
    ] {
        assert!(is_workbook(bytes), "{:?}", &bytes[..8]);
    }
    let zip = package(&[("pain.csv", b"date,pain\n")]);
    let docx = package(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", b"<w/>"),
    ]);
    for bytes in [
        &zip,
        &docx,
        &b"date,pain\n2025-08-11,3\n"[..],
        b"PK\x03\x04",
        b"",
        b"<?xml version=\"1.0\"?><gpx>",
    ] {
        assert!(!is_workbook(bytes), "{:?}", &bytes[..bytes.len().min(8)]);
        assert_eq!(sheets(bytes), Err(WorkbookError::NoWorkbook));
    }
}

#[test]
fn what_cannot_be_read_is_told_in_one_line() {
    let binary = package(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.bin", b""),
    ]);
    let numbers = package(&[
        ("Index/Document.iwa", b"x"),
        ("Index/Tables/DataList.iwa", b"x"),
    ]);
    let flat =
        b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">";
    let locked_ods = package(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        (
            "META-INF/manifest.xml",
            b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>",
        ),
        ("content.xml", b"\x80\x81"),
    ]);
    for (bytes, error) in [
        (&b"<html><table>"[..], WorkbookError::Html),
        (flat, WorkbookError::FlatXml),
        (&binary, WorkbookError::Binary),
        (&numbers, WorkbookError::Numbers),
        (&locked_ods, WorkbookError::Password),
        (&locked(), WorkbookError::Password),
        (
            &xlsx_of("<row r=\"1\"><c r=\"A1\" t=\"b\"><v>banana</v></c></row>"),
            WorkbookError::Damaged("a part of it does not read as a sheet"),
        ),
        (
            &XLS[..3000],
            WorkbookError::Damaged("its parts do not fit together"),
        ),
        (
            &XLS[..8],
            WorkbookError::Damaged("its parts do not fit together"),
        ),
    ] {
        assert_eq!(sheets(bytes), Err(error));
    }
    let large = [XLSX, &vec![0; MAX_BYTES]].concat();
    assert!(matches!(
        sheets(&large),
        Err(WorkbookError::TooLarge(50) | WorkbookError::NoWorkbook)
    ));
    let line = WorkbookError::Html.to_string();
    assert!(
        line.starts_with("this is an HTML page saved as .xls: open it and save it as .xlsx or CSV"),
        "{line}"
    );
}

/// The container of an encrypted workbook: a directory that names the stream, nothing else.
fn locked() -> Vec<u8> {
    let mut bytes = vec![0; 512 * 3];
    bytes[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    bytes[30] = 9;
    bytes[32] = 6;
    bytes[68..72].copy_from_slice(&u32::MAX.to_le_bytes());
    bytes[76..512].fill(0xFF);
    bytes[76..80].copy_from_slice(&0_u32.to_le_bytes());
    bytes[48..52].copy_from_slice(&1_u32.to_le_bytes());
    // Sector 0: the table of chains; sector 1: the directory.
    bytes[512..1024].fill(0xFF);
    bytes[512..516].copy_from_slice(&0xFFFF_FFFD_u32.to_le_bytes());
    bytes[516..520].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    for (at, name) in [(0, "Root Entry"), (1, "EncryptedPackage")] {
        for (letter, unit) in name.encode_utf16().enumerate() {
            bytes[1024 + at * 128 + letter * 2..][..2].copy_from_slice(&unit.to_le_bytes());
        }
    }
    bytes
}

#[test]
fn chains_that_never_end_are_damage() {
    let mut bytes = locked();
    bytes[516..520].copy_from_slice(&1_u32.to_le_bytes());
    assert_eq!(
        sheets(&bytes),
        Err(WorkbookError::Damaged("its parts do not fit together"))
    );
}

#[test]
fn a_cell_far_away_makes_no_grid() {
    let sheet = &sheets(&xlsx_of(
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>date</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>pain</t></is></c></row>\
         <row r=\"2\"><c r=\"A2\"><v>45880</v></c><c r=\"B2\"><v>3</v></c><c r=\"XFD2\"><v>1</v></c></row>\
         <row r=\"1048576\"><c r=\"A1048576\"><v>9</v></c></row>",
    ))
    .unwrap()[0];
    assert_eq!(
        (sheet.text.as_str(), sheet.beyond),
        ("date,pain\n45880,3\n", 2)
    );
}

#[test]
fn cells_repeated_by_a_number_are_counted_before_they_are_made() {
    let text = |repeats: &str| {
        format!(
            "<table:table-row {repeats}><table:table-cell office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row>"
        )
    };
    let column = "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell office:value-type=\"float\" office:value=\"1\" table:number-columns-repeated=\"16384\"/></table:table-row>";
    let spaces = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>a<text:s text:c=\"4000000000\"/></text:p></table:table-cell></table:table-row>";
    assert!(matches!(
        sheets(&ods_of(column)),
        Err(WorkbookError::TooWide {
            row: 1_048_576,
            column: 16_384,
            ..
        })
    ));
    assert_eq!(sheets(&ods_of(spaces)), Err(WorkbookError::Bomb));
    let three = sheets(&ods_of(&text("table:number-rows-repeated=\"3\""))).unwrap();
    assert_eq!(three[0].text, "x\nx\nx\n");
    let blank_below = format!(
        "{}{}",
        text(""),
        "<table:table-row table:number-rows-repeated=\"1048575\"><table:table-cell/></table:table-row>"
    );
    assert_eq!(sheets(&ods_of(&blank_below)).unwrap()[0].text, "x\n");
}

#[test]
fn what_unpacks_to_far_more_than_it_is_is_refused() {
    let blanks = " ".repeat(64 * 1024 * 1024);
    assert_eq!(sheets(&xlsx_of(&blanks)), Err(WorkbookError::Bomb));
}

#[test]
fn a_sheet_of_too_much_text_is_left_empty_and_said() {
    let cell = format!(
        "<c t=\"inlineStr\"><is><t>{}</t></is></c>",
        (0..2_000).map(|n| n.to_string()).collect::<String>()
    );
    let rows: String = (1..=2_600)
        .map(|row| format!("<row r=\"{row}\">{cell}</row>"))
        .collect();
    let sheet = &sheets(&xlsx_of(&rows)).unwrap()[0];
    assert!(sheet.is_too_large && sheet.text.is_empty());
}

#[test]
fn numbers_dates_and_stretches_as_text() {
    let cells = "<row r=\"1\"><c r=\"A1\"><v>3.5999999999999996</v></c><c r=\"B1\"><v>1E-7</v></c><c r=\"C1\"><v>1755086400000</v></c>\
                 <c r=\"D1\"><v>-0</v></c><c r=\"E1\" t=\"d\"><v>2025-08-11T00:00:00</v></c><c r=\"F1\" t=\"str\"><v>a&amp;b</v></c></row>";
    assert_eq!(
        sheets(&xlsx_of(cells)).unwrap()[0].text,
        "3.6,0.0000001,1755086400000,0,2025-08-11,a&b\n"
    );
}

/// Any cut or changed byte ends in sheets or in one line, never in a panic or a grid without end.
#[test]
fn damaged_workbooks_end_in_one_line() {
    for sample in [XLSX, XLS, ODS] {
        for at in (0..sample.len()).step_by(151) {
            let mut changed = sample.to_vec();
            changed[at] ^= 0x55;
            for bytes in [&sample[..at], &changed] {
                if let Err(error) = sheets(bytes) {
                    assert!(!error.to_string().contains('\n'));
                }
            }
        }
    }
}
