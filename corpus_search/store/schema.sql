-- The store: what was read and found. The truth; everything else (index, exports) is made from it.
-- Offsets count Unicode code points of messages.text. JSON columns hold what is only ever read with its message.

CREATE TABLE meta (              -- schema version, digest of packs, generation of the last change
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE releases (          -- one production of one agency
    name     TEXT PRIMARY KEY,
    agency   TEXT,
    request  TEXT,               -- the agency's number of the records request
    received TEXT,               -- ISO date
    notes    TEXT
) WITHOUT ROWID;

CREATE TABLE sources (           -- every regular file found on disk, as received
    n       INTEGER PRIMARY KEY,
    release TEXT NOT NULL REFERENCES releases(name) ON DELETE CASCADE,
    path    TEXT NOT NULL,       -- relative to the folder given
    file    BLOB NOT NULL,       -- where it was found, for `verify` and re-reading; bytes, since names may be no UTF-8
    sha256  TEXT NOT NULL,
    size    INTEGER NOT NULL,    -- bytes
    format  TEXT NOT NULL,
    salt    TEXT NOT NULL,       -- '' for the first source with these bytes; else tells its ids apart
    options TEXT NOT NULL,       -- how it was read
    state   TEXT NOT NULL CHECK (state IN ('planned', 'read', 'not_mail', 'failed')),
    already INTEGER NOT NULL DEFAULT 0,  -- how often it came again, same bytes, path and release
    text_pages   INTEGER NOT NULL DEFAULT 0,
    ocr_pages    INTEGER NOT NULL DEFAULT 0,
    unread_pages INTEGER NOT NULL DEFAULT 0,
    UNIQUE (release, path, sha256)
);
CREATE INDEX sources_by_bytes ON sources(sha256);

CREATE TABLE units (             -- the pieces a source is read in; a unit is stored in one transaction
    source  INTEGER NOT NULL REFERENCES sources(n) ON DELETE CASCADE,
    seq     INTEGER NOT NULL,
    start   INTEGER NOT NULL,    -- the reader's measure: bytes, pages, members
    stop    INTEGER NOT NULL,
    first_number INTEGER NOT NULL,
    member  TEXT,
    format  TEXT NOT NULL,
    joined  INTEGER NOT NULL,    -- 1: pages first, messages when all pages of the source are there
    done    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (source, seq)
) WITHOUT ROWID;

CREATE TABLE pages (             -- pages read and not yet joined to messages (kept through an interruption)
    source INTEGER NOT NULL REFERENCES sources(n) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    layout TEXT NOT NULL,        -- JSON
    PRIMARY KEY (source, number)
) WITHOUT ROWID;

CREATE TABLE messages (
    n        INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice: the index names messages by it
    id       TEXT NOT NULL UNIQUE,
    source   INTEGER NOT NULL REFERENCES sources(n) ON DELETE CASCADE,
    unit     INTEGER NOT NULL,   -- units.seq, and the order within it: the stable order of output
    seq      INTEGER NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('message', 'document')),
    member   TEXT,
    format   TEXT NOT NULL,
    within   TEXT,               -- id of the host in which it was only found quoted or attached
    quoted   INTEGER NOT NULL,   -- 1: found as quoted text
    held_by  TEXT,               -- id of the message that the corpus holds whole: then this one is only linked
    date     TEXT,               -- ISO 8601 as written
    day      TEXT,               -- YYYY-MM-DD of it
    date_as_written TEXT,
    subject  TEXT,
    message_id  TEXT,
    in_reply_to TEXT,
    refs     TEXT NOT NULL,      -- JSON list of message ids
    thread_index TEXT,
    bulk     INTEGER NOT NULL,
    confidence REAL,
    doubts   TEXT NOT NULL,      -- JSON list
    places   TEXT NOT NULL,      -- JSON list of [unit, number, bates, read_by, confidence, start]
    zones    TEXT NOT NULL,      -- JSON list of [kind, start, end, of]
    redactions TEXT NOT NULL,    -- JSON list of [start, end, code]
    text     TEXT NOT NULL,
    body_digest TEXT NOT NULL,   -- of its own words, normalised: equal for exact copies
    sketch   BLOB NOT NULL,      -- MinHash of its own words: nearly equal for near copies
    thread   TEXT,               -- smallest id of its conversation
    copy_of  TEXT                -- smallest id of the group of copies it belongs to
);
CREATE INDEX messages_by_source ON messages(source, unit, seq);
CREATE INDEX messages_shown ON messages(source, unit, seq) WHERE held_by IS NULL;  -- their order without their texts
CREATE INDEX messages_by_thread ON messages(thread);
CREATE INDEX messages_by_copy ON messages(copy_of);
CREATE INDEX messages_by_day ON messages(day);
CREATE INDEX messages_by_within ON messages(within);
CREATE INDEX messages_by_subject ON messages(subject);

CREATE TABLE parties (           -- senders and recipients, as written, with the agency found and the evidence for it
    message  INTEGER NOT NULL REFERENCES messages(n) ON DELETE CASCADE,
    field    TEXT NOT NULL,      -- from, to, cc, bcc
    position INTEGER NOT NULL,
    name     TEXT,
    address  TEXT,
    redacted INTEGER NOT NULL,
    agency   TEXT,
    groups   TEXT NOT NULL,      -- JSON list
    why      TEXT,
    known_agency TEXT,           -- found elsewhere in the corpus for the same person (agency is NULL, or a mere domain)
    known_groups TEXT,
    known_why    TEXT,
    PRIMARY KEY (message, field, position)
) WITHOUT ROWID;

CREATE INDEX parties_by_person ON parties(name, address, field);

CREATE TABLE attachments (
    message  INTEGER NOT NULL REFERENCES messages(n) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name     TEXT,
    type     TEXT NOT NULL,
    size     INTEGER NOT NULL,   -- decoded bytes
    sha256   TEXT NOT NULL,
    text     INTEGER NOT NULL,   -- 1: its text is a document of the corpus
    PRIMARY KEY (message, position)
) WITHOUT ROWID;

CREATE TABLE tags (              -- what the tagging pass found, in the order of the text
    message  INTEGER NOT NULL REFERENCES messages(n) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    value    TEXT,
    groups   TEXT NOT NULL,      -- JSON list
    start    INTEGER NOT NULL,
    stop     INTEGER NOT NULL,
    zone     TEXT NOT NULL,
    rule     TEXT NOT NULL,
    why      TEXT NOT NULL,
    PRIMARY KEY (message, position)
) WITHOUT ROWID;
CREATE INDEX tags_by_value ON tags(kind, value, groups, rule);

CREATE TABLE problems (          -- what could not be read, one line each
    n       INTEGER PRIMARY KEY,
    source  INTEGER NOT NULL REFERENCES sources(n) ON DELETE CASCADE,
    unit    INTEGER NOT NULL,    -- units.seq that raised it; -1: the file as a whole
    member  TEXT,
    place_unit   TEXT,
    place_number INTEGER,
    kind    TEXT NOT NULL,
    reason  TEXT NOT NULL
);
CREATE INDEX problems_by_source ON problems(source);
