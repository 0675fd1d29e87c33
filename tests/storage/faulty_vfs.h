#pragma once

#include "tests/support/faulty_io.h"

#include <cstring>
#include <sqlite3.h>

namespace storage_test {

/// SQLite's own file layer with the faults of a plan in its writes, syncs, truncations and
/// allocations; the default one while it lives.
class FaultyVfs {
public:
    explicit FaultyVfs(support::FaultPlan& plan) : real_(sqlite3_vfs_find(nullptr)), vfs_(*real_)
    {
        current = &plan;
        opened_with = real_;
        vfs_.zName = "faulty";
        vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
        vfs_.xOpen = open;
        sqlite3_vfs_register(&vfs_, 1);
    }
    ~FaultyVfs()
    {
        sqlite3_vfs_unregister(&vfs_);
        sqlite3_vfs_register(real_, 1);
    }
    FaultyVfs(const FaultyVfs&) = delete;
    FaultyVfs& operator=(const FaultyVfs&) = delete;

private:
    /// Ours, followed in memory by the real file that it passes calls on to.
    struct File {
        sqlite3_file base;
        sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
    };
    static sqlite3_file* real(sqlite3_file* file) { return reinterpret_cast<File*>(file)->real(); }

    /// The SQLite code of the plan's fault for this call, or SQLITE_OK.
    static int fault(int code)
    {
        const support::Fault* fault = current->next();
        if (!fault || fault->error_number == 0 || fault->error_number == EINTR) return SQLITE_OK;
        return fault->error_number == ENOSPC ? SQLITE_FULL : code;
    }
    static int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out)
    {
        file->pMethods = nullptr;
        const int code = opened_with->xOpen(opened_with, name, real(file), flags, out);
        if (code == SQLITE_OK) file->pMethods = methods();
        return code;
    }
    static const sqlite3_io_methods* methods()
    {
        static const sqlite3_io_methods kMethods = [] {
            sqlite3_io_methods m = {};
            m.iVersion = 3;
            m.xClose = [](sqlite3_file* f) { return real(f)->pMethods->xClose(real(f)); };
            m.xRead = [](sqlite3_file* f, void* d, int n, sqlite3_int64 at) {
                return real(f)->pMethods->xRead(real(f), d, n, at);
            };
            m.xWrite = [](sqlite3_file* f, const void* d, int n, sqlite3_int64 at) {
                const int code = fault(SQLITE_IOERR_WRITE);
                if (code == SQLITE_OK) return real(f)->pMethods->xWrite(real(f), d, n, at);
                // Torn: half of the bytes are there when the error comes.
                real(f)->pMethods->xWrite(real(f), d, n / 2, at);
                return code;
            };
            m.xTruncate = [](sqlite3_file* f, sqlite3_int64 size) {
                const int code = fault(SQLITE_IOERR_TRUNCATE);
                return code ? code : real(f)->pMethods->xTruncate(real(f), size);
            };
            m.xSync = [](sqlite3_file* f, int flags) {
                const int code = fault(SQLITE_IOERR_FSYNC);
                return code ? code : real(f)->pMethods->xSync(real(f), flags);
            };
            m.xFileSize = [](sqlite3_file* f, sqlite3_int64* n) {
                return real(f)->pMethods->xFileSize(real(f), n);
            };
            m.xLock = [](sqlite3_file* f, int k) { return real(f)->pMethods->xLock(real(f), k); };
            m.xUnlock = [](sqlite3_file* f, int k) {
                return real(f)->pMethods->xUnlock(real(f), k);
            };
            m.xCheckReservedLock = [](sqlite3_file* f, int* out) {
                return real(f)->pMethods->xCheckReservedLock(real(f), out);
            };
            m.xFileControl = [](sqlite3_file* f, int op, void* arg) {
                return real(f)->pMethods->xFileControl(real(f), op, arg);
            };
            m.xSectorSize = [](sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); };
            m.xDeviceCharacteristics = [](sqlite3_file* f) {
                return real(f)->pMethods->xDeviceCharacteristics(real(f));
            };
            m.xShmMap = [](sqlite3_file* f, int page, int size, int extend, void volatile** out) {
                return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
            };
            m.xShmLock = [](sqlite3_file* f, int offset, int n, int flags) {
                return real(f)->pMethods->xShmLock(real(f), offset, n, flags);
            };
            m.xShmBarrier = [](sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); };
            m.xShmUnmap = [](sqlite3_file* f, int remove) {
                return real(f)->pMethods->xShmUnmap(real(f), remove);
            };
            m.xFetch = [](sqlite3_file* f, sqlite3_int64 at, int n, void** out) {
                return real(f)->pMethods->xFetch(real(f), at, n, out);
            };
            m.xUnfetch = [](sqlite3_file* f, sqlite3_int64 at, void* page) {
                return real(f)->pMethods->xUnfetch(real(f), at, page);
            };
            return m;
        }();
        return &kMethods;
    }

    inline static support::FaultPlan* current = nullptr;
    inline static sqlite3_vfs* opened_with = nullptr;
    sqlite3_vfs* real_;
    sqlite3_vfs vfs_;
};

} // namespace storage_test
