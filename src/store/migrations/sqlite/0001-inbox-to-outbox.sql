-- Everything Pandu keeps. Times are epoch milliseconds. Ids of conversation, inbox and outbox come from one sequence
-- and are never used again, so that an id is also a place in the history of both sides.

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value ANY NOT NULL
) STRICT, WITHOUT ROWID;

-- How far each platform has been read (Telegram's next update id).
CREATE TABLE cursor (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One participant on one channel. Without a session it is new, or erased with its last words still unsent.
-- The columns after `session` are for lists and reports; no decision reads them.
CREATE TABLE conversation (
  id INTEGER PRIMARY KEY,
  channel TEXT NOT NULL,
  chat TEXT NOT NULL,
  version INTEGER NOT NULL,
  session TEXT,
  verdict TEXT,
  requirement TEXT,
  owner TEXT,
  asking TEXT,
  since INTEGER,
  flow_hash TEXT,
  -- When the participant last wrote, from the first message on; what nobody came back to is forgotten (Store.forgetOld).
  contacted_at INTEGER,
  UNIQUE (channel, chat)
) STRICT;

-- Which messages were ever received: salted hashes, apart from the messages, so that a redelivery is known even
-- after an erasure. `day` counts days since 1970: a hash goes after 35 of them, longer than a message
-- is kept and much longer than any platform delivers one again (Store.forgetOld).
CREATE TABLE seen (
  hash BLOB PRIMARY KEY,
  day INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What participants wrote. state: 0 waiting, 1 done, 2 parked.
CREATE TABLE inbox (
  id INTEGER PRIMARY KEY,
  conversation INTEGER NOT NULL REFERENCES conversation (id),
  state INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  sent_at INTEGER NOT NULL,
  sender TEXT NOT NULL,
  message_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  choice TEXT,
  language TEXT,
  -- Kinds of hidden secrets, separated by commas; null when there were none.
  hidden TEXT,
  failures INTEGER NOT NULL DEFAULT 0,
  reason TEXT
) STRICT;
CREATE INDEX inbox_conversation ON inbox (conversation);
CREATE INDEX inbox_open ON inbox (state) WHERE state <> 1;

-- What Pandu says. state: 0 waiting, 1 sending, 2 unknown whether sent, 3 sent, 4 dead.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  conversation INTEGER NOT NULL REFERENCES conversation (id),
  channel TEXT NOT NULL,
  state INTEGER NOT NULL,
  -- 0 reply, 1 reminder: replies go first.
  priority INTEGER NOT NULL,
  -- When it may be taken; only the row whose turn it is in its conversation has one.
  due_at INTEGER,
  -- 0 stays; 1 was withdrawn while on the wire: no further try; 2 last words: removed once settled;
  -- 3 was erased while on the wire: removed whatever becomes of it; 4 holds a name: removed once settled.
  fate INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  unknown_since INTEGER,
  menu INTEGER,
  body TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  sent_at INTEGER,
  platform_id TEXT,
  reason TEXT
) STRICT;
CREATE INDEX outbox_conversation ON outbox (conversation);
CREATE INDEX outbox_live ON outbox (conversation, id) WHERE state < 3;
CREATE INDEX outbox_due ON outbox (channel, priority, due_at) WHERE due_at IS NOT NULL;

-- When Pandu comes back by itself.
CREATE TABLE reminder (
  id INTEGER PRIMARY KEY,
  conversation INTEGER NOT NULL REFERENCES conversation (id),
  requirement TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  armed_by INTEGER NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0,
  -- Why it was set aside; null while it is in force.
  parked TEXT,
  UNIQUE (conversation, requirement)
) STRICT;
CREATE INDEX reminder_due ON reminder (due_at) WHERE parked IS NULL;
CREATE INDEX reminder_parked ON reminder (id) WHERE parked IS NOT NULL;
