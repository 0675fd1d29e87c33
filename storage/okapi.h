#pragma once

struct sqlite3;

namespace storage {

/// Adds the FTS5 function okapi(index, idf of the first phrase, of the second, ...) to a
/// connection: the BM25 score of the row, larger is better, with k1 1.2 and b 0.75 (Robertson &
/// Zaragoza 2009).
///
/// FTS5's own bm25() takes its frequencies from the whole index and from one index only. A question
/// is asked of a session, over two indexes, and its idf is log(1 + (N - n + 0.5) / (n + 0.5)),
/// which stays positive for a word that half of a short document's passages hold. Returns an SQLite
/// code; SQLITE_ERROR where this SQLite has no FTS5.
int add_okapi(sqlite3* connection);

} // namespace storage
