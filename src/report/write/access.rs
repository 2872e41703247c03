//! Who may read what is written: it is about somebody's health.

use std::{
    fs::{DirBuilder, File, OpenOptions},
    io,
    path::Path,
};

/// Who may read what is written. On Windows both are what the folder around it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Access {
    /// Whoever ran niggle, and nobody else.
    #[default]
    Owner,
    /// Whoever the system lets read new files (`--shared`).
    Shared,
}

impl Access {
    /// That of files that are to be shared or not.
    pub fn of(is_shared: bool) -> Access {
        match is_shared {
            true => Access::Shared,
            false => Access::Owner,
        }
    }

    /// Makes a folder and those around it, as far as they are not there.
    pub(super) fn make_folders(self, path: &Path) -> io::Result<()> {
        let mut builder = DirBuilder::new();
        self.restrict_folder(&mut builder);
        builder.recursive(true).create(path)
    }

    /// An empty file, new or in the place of one.
    pub(super) fn create(self, path: &Path) -> io::Result<File> {
        self.begin(File::options().create(true).truncate(true), path)
    }

    /// A file as it is, an empty one where there is none. What a link of that name leads to is not emptied.
    pub(super) fn open(self, path: &Path) -> io::Result<File> {
        self.begin(File::options().create(true).truncate(false), path)
    }

    /// An empty file that was not there.
    pub(super) fn create_new(self, path: &Path) -> io::Result<File> {
        self.begin(File::options().create_new(true), path)
    }

    /// A file that is written behind its last byte, made where there is none.
    ///
    /// # Errors
    /// It may not be read and written, or its folder is not there.
    pub fn open_to_append(self, path: &Path) -> io::Result<File> {
        let mut options = File::options();
        self.restrict_file(&mut options);
        options.read(true).append(true).create(true).open(path)
    }

    fn begin(self, options: &mut OpenOptions, path: &Path) -> io::Result<File> {
        self.restrict_file(options);
        options.write(true).open(path)
    }
}

/// Modes are as `chmod` has them; what the system's mask takes away is away.
#[cfg(unix)]
mod modes {
    use super::Access;
    use std::{
        fs::{DirBuilder, OpenOptions, Permissions},
        os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    };

    impl Access {
        const fn file_mode(self) -> u32 {
            match self {
                Access::Owner => 0o600,
                Access::Shared => 0o666,
            }
        }

        const fn folder_mode(self) -> u32 {
            match self {
                Access::Owner => 0o700,
                Access::Shared => 0o777,
            }
        }

        pub(super) fn restrict_file(self, options: &mut OpenOptions) {
            options.mode(self.file_mode());
        }

        pub(super) fn restrict_folder(self, builder: &mut DirBuilder) {
            builder.mode(self.folder_mode());
        }

        /// The permissions of a file that gets its name later. None: those that such files have by themselves.
        pub(in crate::report::write) fn of_file(self) -> Option<Permissions> {
            Some(Permissions::from_mode(self.file_mode()))
        }

        /// The same of a folder.
        pub(in crate::report::write) fn of_folder(self) -> Option<Permissions> {
            Some(Permissions::from_mode(self.folder_mode()))
        }
    }
}

/// Elsewhere a folder hands its permissions on.
#[cfg(not(unix))]
mod modes {
    use super::Access;
    use std::fs::{DirBuilder, OpenOptions, Permissions};

    impl Access {
        pub(super) fn restrict_file(self, _: &mut OpenOptions) {}

        pub(super) fn restrict_folder(self, _: &mut DirBuilder) {}

        pub(in crate::report::write) fn of_file(self) -> Option<Permissions> {
            None
        }

        pub(in crate::report::write) fn of_folder(self) -> Option<Permissions> {
            None
        }
    }
}
