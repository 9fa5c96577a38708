-- Who wants to talk to a person, or does: one request for each conversation, kept for a while after it is closed so that
-- its topic still leads somewhere. What is said about it at the desk is outbox rows of a conversation of its own, on the
-- channel 'desk', whose chat is the number of this one.
CREATE TABLE request (
  conversation INTEGER PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE,
  -- open, taken, closed
  state TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  taken_at INTEGER,
  operator_at INTEGER,
  escalated_at INTEGER,
  -- Ids and dates as JSON, with the participant's words when they asked.
  summary TEXT,
  closed_at INTEGER,
  -- Where it is discussed, as the channel of the desk names it.
  topic TEXT UNIQUE
) STRICT;
CREATE INDEX request_open ON request (opened_at) WHERE state <> 'closed';
CREATE INDEX request_closed ON request (closed_at) WHERE state = 'closed';
