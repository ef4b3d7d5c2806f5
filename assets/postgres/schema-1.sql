-- The office's store on PostgreSQL. It holds sealed bytes, keyed hashes and times, and no names.

-- One row: what the schema is.
CREATE TABLE IF NOT EXISTS office (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    schema integer NOT NULL,
    oldest_program integer NOT NULL
);

-- What use cases write: sealed, at the version of the batch that wrote it.
CREATE TABLE IF NOT EXISTS record (
    kind smallint NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL,
    due_ms bigint,
    groups uuid[] NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (kind, id)
);
CREATE INDEX IF NOT EXISTS record_due ON record (due_ms, kind, id) WHERE due_ms IS NOT NULL;

-- Blind unique indexes.
CREATE TABLE IF NOT EXISTS link (
    index uuid PRIMARY KEY,
    kind smallint NOT NULL,
    id uuid NOT NULL
);

-- Which records are in which group, and the version that each coming and going changes.
CREATE TABLE IF NOT EXISTS member (
    circle uuid NOT NULL,
    kind smallint NOT NULL,
    id uuid NOT NULL,
    PRIMARY KEY (circle, kind, id)
);
CREATE TABLE IF NOT EXISTS circle (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    members bigint NOT NULL
);

-- Audit chains: one writer each. A name is eight big-endian bytes.
CREATE TABLE IF NOT EXISTS audit_row (
    chain bytea NOT NULL,
    number bigint NOT NULL,
    mac bytea NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (chain, number)
);

-- Batches that were committed, so that one which is sent again is one commit.
CREATE TABLE IF NOT EXISTS seen (
    batch uuid PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    resent integer NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS seen_at ON seen (at);

-- Documents, sealed, in pieces; their keys are in records.
CREATE TABLE IF NOT EXISTS document_piece (
    document uuid NOT NULL,
    number integer NOT NULL,
    bytes bytea NOT NULL,
    laid timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (document, number)
);

INSERT INTO office (schema, oldest_program) VALUES (1, 1) ON CONFLICT DO NOTHING;
