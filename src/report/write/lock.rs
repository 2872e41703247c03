//! One run at a time writes into a folder. The system takes the lock away from whoever is gone, however that came about, so that whoever
//! holds it knows: what else was begun there is nobody's.

use super::access::Access;
use std::{
    fs::{self, File, TryLockError},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

/// What is locked.
const NAME: &str = ".niggle-lock";
/// How often the file may be gone again when it is locked, since whoever had it took it away.
const TRIES: usize = 100;

/// A folder that nobody else writes into, until this is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    /// The file is locked by being open.
    _file: File,
    /// False where the file system knows no locks, as some network drives.
    is_held: bool,
}

impl Lock {
    /// Locks a folder that is there.
    ///
    /// # Errors
    /// Another run holds it ([`ErrorKind::ResourceBusy`]), or nothing can be written there.
    pub(super) fn of(folder: &Path) -> io::Result<Lock> {
        let path = folder.join(NAME);
        for _ in 0..TRIES {
            let file = Access::Owner.open(&path)?;
            let is_held = match file.try_lock() {
                Ok(()) if !is_still(&file, &path) => continue,
                Ok(()) => true,
                Err(TryLockError::WouldBlock) => return Err(busy()),
                Err(TryLockError::Error(_)) => false,
            };
            return Ok(Lock {
                path,
                _file: file,
                is_held,
            });
        }
        Err(busy())
    }

    /// Whether nobody else can be at work in the folder.
    pub(super) fn is_held(&self) -> bool {
        self.is_held
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Where it cannot be told whether a file is still the one of its name, the empty file stays.
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn busy() -> io::Error {
    let what = "another niggle is writing there; wait until it is done, or choose another folder";
    io::Error::new(ErrorKind::ResourceBusy, what)
}

/// Whether the file that was locked is the one that others find.
#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let known = |meta: io::Result<fs::Metadata>| meta.ok().map(|meta| (meta.dev(), meta.ino()));
    known(file.metadata()) == known(fs::metadata(path))
}

/// Nobody takes it away.
#[cfg(not(unix))]
fn is_still(_: &File, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_one_writer() {
        let folder = tempfile::tempdir().unwrap();
        let lock = Lock::of(folder.path()).unwrap();
        assert!(lock.is_held());
        let error = Lock::of(folder.path()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ResourceBusy);
        drop(lock);
        assert!(Lock::of(folder.path()).is_ok());
        assert_eq!(cfg!(unix), !folder.path().join(NAME).exists());
    }

    #[test]
    fn a_lock_of_one_who_is_gone_is_none() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(NAME), "").unwrap();
        assert!(Lock::of(folder.path()).unwrap().is_held());
    }

    /// Many at once: never two, and each gets its turn.
    #[test]
    fn whoever_waits_gets_it_in_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let inside = std::sync::atomic::AtomicUsize::new(0);
        let one = || {
            let mut done = 0;
            while done < 50 {
                let Ok(lock) = Lock::of(folder.path()) else {
                    std::thread::yield_now();
                    continue;
                };
                let before = inside.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                assert_eq!(before, 0, "somebody else is inside");
                inside.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
                drop(lock);
                done += 1;
            }
        };
        std::thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(one))));
    }
}
