-- What a channel keeps of its account on the platform: keys, sessions, lists. Values are sealed and ids are hashed
-- by whoever calls (command/account-store.ts), so that neither a key nor a phone number stands here.
CREATE TABLE account_value (
  account TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  value BLOB NOT NULL,
  PRIMARY KEY (account, kind, id)
) STRICT, WITHOUT ROWID;

-- Other names by which a platform calls a chat, and the conversation they lead to. A conversation whose own chat is
-- such a name was merged: nothing new comes to it. No name leads to a conversation with that very chat.
CREATE TABLE alias (
  channel TEXT NOT NULL,
  name TEXT NOT NULL,
  conversation INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  PRIMARY KEY (channel, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX alias_conversation ON alias (conversation);
