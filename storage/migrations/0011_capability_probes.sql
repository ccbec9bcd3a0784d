-- Whether a server asks its clients, and which launch of it that was seen of.

ALTER TABLE server_status ADD COLUMN probed_launch text NOT NULL DEFAULT '';
ALTER TABLE server_status ADD COLUMN needs_client boolean NOT NULL DEFAULT false;
