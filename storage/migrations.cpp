#include "storage/migrations.h"

#include "base/expects.h"

#include <array>

namespace storage {
namespace {

// Ids are never used again (AUTOINCREMENT): a citation or a cached vector of a deleted passage must
// not meet a new one.
constexpr std::string_view kSourcesAndSearch = R"sql(
CREATE TABLE session (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    created TEXT NOT NULL
) STRICT;

-- One row for each file in the media folder, or outside it where `path` is set (too large to copy).
CREATE TABLE media (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
    size_bytes INTEGER NOT NULL,
    path TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    format TEXT NOT NULL,
    title TEXT NOT NULL,
    media TEXT NOT NULL REFERENCES media(sha256),
    status INTEGER NOT NULL,
    size_bytes INTEGER NOT NULL,
    pages INTEGER NOT NULL DEFAULT 0,
    duration_s REAL NOT NULL DEFAULT 0,
    warnings TEXT NOT NULL DEFAULT '',
    error TEXT NOT NULL DEFAULT '',
    elapsed_s REAL NOT NULL DEFAULT 0,
    created TEXT NOT NULL
) STRICT;
CREATE INDEX source_session ON source(session);
CREATE INDEX source_media ON source(media);

-- words: packed storage::Word, see packing.h; lines: packed 32-bit offsets.
CREATE TABLE page (
    source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    label TEXT NOT NULL,
    width_pt REAL NOT NULL,
    height_pt REAL NOT NULL,
    text TEXT NOT NULL,
    words BLOB NOT NULL,
    lines BLOB NOT NULL,
    first_line INTEGER NOT NULL,
    by_ocr INTEGER NOT NULL,
    PRIMARY KEY (source, number)
) STRICT;

CREATE TABLE frame (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
    time_s REAL NOT NULL,
    media TEXT NOT NULL REFERENCES media(sha256),
    width_px INTEGER NOT NULL,
    height_px INTEGER NOT NULL,
    text TEXT NOT NULL,
    words BLOB NOT NULL
) STRICT;
CREATE INDEX frame_source ON frame(source, time_s);
CREATE INDEX frame_media ON frame(media);

CREATE TABLE segment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
    start_s REAL NOT NULL,
    end_s REAL NOT NULL,
    text TEXT NOT NULL,
    confidence REAL NOT NULL,
    speaker TEXT NOT NULL,
    language TEXT NOT NULL,
    words BLOB NOT NULL
) STRICT;
CREATE INDEX segment_source ON segment(source, start_s);

CREATE TABLE gap (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
    start_s REAL NOT NULL,
    end_s REAL NOT NULL,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX gap_source ON gap(source, start_s);

CREATE TABLE passage (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
    page INTEGER NOT NULL,
    begin_byte INTEGER NOT NULL,
    end_byte INTEGER NOT NULL,
    start_s REAL,
    end_s REAL,
    language TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX passage_source ON passage(source, page, begin_byte);

CREATE TABLE vector (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    passage INTEGER NOT NULL UNIQUE REFERENCES passage(id) ON DELETE CASCADE,
    source INTEGER NOT NULL, -- of the passage: all vectors are read without looking at passages
    scale REAL NOT NULL,
    data BLOB NOT NULL
) STRICT;
-- Passages whose vector is still to be made: a scan for missing ones would read the whole library for each batch.
CREATE TABLE vector_due (
    passage INTEGER PRIMARY KEY REFERENCES passage(id) ON DELETE CASCADE
) STRICT;

-- English is stemmed, other languages are not; each index reads its text back from the passages of its own language.
CREATE VIEW passage_english AS SELECT id, text FROM passage WHERE language = 'en';
CREATE VIEW passage_other AS SELECT id, text FROM passage WHERE language <> 'en';
CREATE VIRTUAL TABLE words_english USING fts5(
    text, content = 'passage_english', content_rowid = 'id',
    tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE words_other USING fts5(
    text, content = 'passage_other', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2');

-- vectors_removed counts deletes, so that other connections know when to read all vectors again.
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO counter VALUES ('vectors_removed', 0);
)sql";

// A citation keeps its quote and place when its passage goes, which happens when a source is read
// again.
constexpr std::string_view kConversationAndResults = R"sql(
CREATE TABLE message (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
    role INTEGER NOT NULL,
    text TEXT NOT NULL,
    mode TEXT NOT NULL,
    outcome TEXT NOT NULL,
    engine TEXT NOT NULL,
    created TEXT NOT NULL
) STRICT;
CREATE INDEX message_session ON message(session);

CREATE TABLE citation (
    message INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
    passage INTEGER REFERENCES passage(id) ON DELETE SET NULL,
    page INTEGER NOT NULL,
    boxes BLOB NOT NULL,
    start_s REAL,
    end_s REAL,
    quote TEXT NOT NULL,
    PRIMARY KEY (message, n)
) STRICT;
CREATE INDEX citation_source ON citation(source);
CREATE INDEX citation_passage ON citation(passage);

CREATE TABLE artifact (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    json TEXT NOT NULL,
    created TEXT NOT NULL
) STRICT;
CREATE INDEX artifact_session ON artifact(session);

CREATE TABLE note (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
    time_s REAL,
    text TEXT NOT NULL,
    created TEXT NOT NULL
) STRICT;
CREATE INDEX note_session ON note(session);

CREATE TABLE marker (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
    time_s REAL NOT NULL,
    label TEXT NOT NULL
) STRICT;
CREATE INDEX marker_source ON marker(source, time_s);
)sql";

// What the user does to a library: order it, correct it, throw away and take back, find everything.
//
// trashed of a source: 1 itself, 2 with its session, so that each is taken back alone. Messages and
// notes are indexed from their own rows; names are few and short: their index holds them itself,
// with the tags beside. No triggers keep the indexes up: where the schema is not trusted, they may
// not touch a virtual table.
constexpr std::string_view kOrderingAndCorrecting = R"sql(
ALTER TABLE session ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN trashed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN trashed INTEGER NOT NULL DEFAULT 0;
DROP INDEX source_session;
CREATE INDEX source_session ON source(session, trashed, kind, duration_s);
CREATE INDEX source_trashed ON source(id) WHERE trashed <> 0;
CREATE INDEX session_trashed ON session(id) WHERE trashed <> 0;
DROP INDEX message_session;
CREATE INDEX message_session ON message(session, role);

CREATE TABLE tag (
    session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
    name TEXT NOT NULL COLLATE NOCASE,
    PRIMARY KEY (session, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_name ON tag(name);

-- The user's words instead of the recognised ones.
ALTER TABLE segment ADD COLUMN edited TEXT;
ALTER TABLE segment ADD COLUMN named_speaker TEXT;

CREATE TABLE item_move (
    id INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
    source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
    page INTEGER NOT NULL,
    start_s REAL,
    quote TEXT NOT NULL,
    from_list TEXT NOT NULL,
    to_list TEXT NOT NULL,
    created TEXT NOT NULL
) STRICT;
CREATE INDEX item_move_session ON item_move(session);
CREATE INDEX item_move_source ON item_move(source);

CREATE VIRTUAL TABLE words_message USING fts5(
    text, content = 'message', content_rowid = 'id',
    tokenize = 'porter unicode61 remove_diacritics 2');
INSERT INTO words_message (rowid, text) SELECT id, text FROM message;

CREATE VIRTUAL TABLE words_note USING fts5(
    text, content = 'note', content_rowid = 'id',
    tokenize = 'porter unicode61 remove_diacritics 2');
INSERT INTO words_note (rowid, text) SELECT id, text FROM note;

CREATE VIRTUAL TABLE words_name USING fts5(
    name, tags, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
INSERT INTO words_name (rowid, name, tags) SELECT id, name, '' FROM session;
)sql";

// What stands below an answer and what is lit beside it, so that it looks the same when it is
// opened again: notes and sources not covered a line each, and what the timing is made of. Answers
// from before have none of it.
//
// A place that came near has a table of its own: as a citation it would be one to all that read
// them, exports among them.
constexpr std::string_view kAnswersAsShown = R"sql(
ALTER TABLE message ADD COLUMN notes TEXT NOT NULL DEFAULT '';
ALTER TABLE message ADD COLUMN not_covered TEXT NOT NULL DEFAULT '';
ALTER TABLE message ADD COLUMN elapsed_s REAL NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN new_tokens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN prefill_s REAL NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN decode_s REAL NOT NULL DEFAULT 0;

-- Of the part of the quote that the answer is about; nothing where that is all of it.
ALTER TABLE citation ADD COLUMN marked_boxes BLOB NOT NULL DEFAULT x'';
ALTER TABLE citation ADD COLUMN marked_start_s REAL;
ALTER TABLE citation ADD COLUMN marked_end_s REAL;

CREATE TABLE nearest (
    message INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
    rank INTEGER NOT NULL,
    source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
    passage INTEGER REFERENCES passage(id) ON DELETE SET NULL,
    page INTEGER NOT NULL,
    start_s REAL,
    end_s REAL,
    snippet TEXT NOT NULL,
    PRIMARY KEY (message, rank)
) STRICT, WITHOUT ROWID;
CREATE INDEX nearest_source ON nearest(source);
CREATE INDEX nearest_passage ON nearest(passage);
)sql";

// Files are found by their names, which the index holds itself, as it does those of sessions: they
// are few and short.
constexpr std::string_view kFileNames = R"sql(
CREATE VIRTUAL TABLE words_file USING fts5(
    name, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
INSERT INTO words_file (rowid, name)
    SELECT id, substr(path, length(rtrim(path, replace(path, '/', ''))) + 1) FROM source;
)sql";

constexpr std::array kSteps = {
    kSourcesAndSearch,
    kConversationAndResults,
    kOrderingAndCorrecting,
    kAnswersAsShown,
    kFileNames};

} // namespace

int latest_version()
{
    return static_cast<int>(kSteps.size());
}

Result<void> migrate(Database& database, int target)
{
    EXPECTS(target >= 0 && target <= latest_version());
    const auto version = database.value("PRAGMA user_version");
    if (!version) return tl::unexpected(version.error());
    for (auto step = *version; step < target; ++step) {
        // One script, so that a failure anywhere leaves an open transaction, which is rolled back
        // as a whole.
        std::string script = "BEGIN IMMEDIATE;";
        script += kSteps[static_cast<std::size_t>(step)];
        script += "PRAGMA application_id = " + std::to_string(kApplicationId) + ";";
        script += "PRAGMA user_version = " + std::to_string(step + 1) + "; COMMIT;";
        if (auto done = database.script(script); !done) {
            static_cast<void>(database.script("ROLLBACK"));
            return done;
        }
    }
    return {};
}

} // namespace storage
