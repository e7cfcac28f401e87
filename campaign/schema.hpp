// The schema of campaign.sqlite, version 2. docs/campaigns.md explains it; a change of it is another version.
#pragma once

namespace ncverify::campaign {

inline constexpr long schema_version = 2;           ///< PRAGMA user_version
inline constexpr long application_id = 0x6e637663;  ///< PRAGMA application_id: "ncvc"

inline constexpr const char* schema = R"sql(
CREATE TABLE setting (            -- what the campaign was begun with; a resumed one must ask for the same
    name TEXT PRIMARY KEY,        -- 'version', '--random', '--seed', ..; 'adaptive': that part has no cases; 'kind': 'screen'
    value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE claim (
    claim INTEGER PRIMARY KEY,    -- from 0, in the paper's order
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL);          -- 'claim', 'misreading', 'extension'
CREATE TABLE input (              -- kinds of input that claims demand to have seen
    input INTEGER PRIMARY KEY,    -- from 0
    name TEXT NOT NULL UNIQUE);
CREATE TABLE block (              -- a piece of work that is done
    part TEXT NOT NULL,           -- 'base', 'adaptive', 'search', 'shrink'; 'screen'
    number INTEGER NOT NULL,      -- of the block; of 'search' and 'shrink' the claim
    cases INTEGER NOT NULL,       -- tried; of 'search' the steps
    certified INTEGER NOT NULL,   -- cases whose minimum was proven to be global; of a screen, suspects
    not_certified INTEGER NOT NULL,
    starts INTEGER NOT NULL,      -- of the solver, in all cases together
    starts_largest INTEGER NOT NULL,
    local_minima INTEGER NOT NULL,
    seconds REAL NOT NULL,        -- of one thread
    machine TEXT NOT NULL,
    version TEXT NOT NULL,
    finished TEXT NOT NULL,       -- UTC
    PRIMARY KEY (part, number)) WITHOUT ROWID;
CREATE TABLE tally (              -- how many cases came out how
    part TEXT NOT NULL,
    claim INTEGER NOT NULL REFERENCES claim,
    mark TEXT NOT NULL,           -- s: outside the domain; passed: x exactly, t with equality, dN to N digits,
    cases INTEGER NOT NULL,       -- hN with a slack of 10^N to 10^(N+1); i: undecided; r: refuted
    PRIMARY KEY (part, claim, mark)) WITHOUT ROWID;
CREATE TABLE summary (
    part TEXT NOT NULL,
    claim INTEGER NOT NULL REFERENCES claim,
    evidence TEXT NOT NULL,       -- the weakest behind any decided case; '': none is decided
    least_slack REAL,             -- of an inequality, below zero: failed
    PRIMARY KEY (part, claim)) WITHOUT ROWID;
CREATE TABLE coverage (           -- of the base plan
    claim INTEGER NOT NULL REFERENCES claim,
    input INTEGER NOT NULL REFERENCES input,
    hits INTEGER NOT NULL,        -- cases of this kind that the claim applied to
    PRIMARY KEY (claim, input)) WITHOUT ROWID;
CREATE TABLE combination (        -- of inputs, in the base plan
    inputs TEXT PRIMARY KEY,      -- 'y' or 'n' for each row of input
    cases INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE adaptive (           -- the cases tried after the base plan, in their order
    place INTEGER PRIMARY KEY,
    number INTEGER NOT NULL);     -- of the case, at least --random
CREATE TABLE kept (               -- cases worth looking at, of each claim and for each reason so many
    claim INTEGER NOT NULL REFERENCES claim,
    why TEXT NOT NULL,            -- 'hardest', 'refuted', 'worst', 'closest', 'first', 'undecided', 'shrunk'
    part TEXT NOT NULL,           -- of 'shrunk' those of the refuted case that it was made of
    number INTEGER NOT NULL,      -- of the case; in 'search' the step
    replay TEXT NOT NULL,         -- ncverify verify --replay ..
    error_log10 REAL NOT NULL,    -- of the proven bound on the relative deviation; -1e300: exact
    slack REAL,                   -- of inequalities
    message TEXT NOT NULL,        -- of what failed or stayed undecided
    "values" TEXT NOT NULL,       -- the counterexample's, as JSON: [[name, decimal text], ..]
    PRIMARY KEY (claim, why, part, number)) WITHOUT ROWID;
CREATE TABLE slow (               -- the slowest cases, where they were tried
    part TEXT NOT NULL,
    number INTEGER NOT NULL,
    seconds REAL NOT NULL,
    PRIMARY KEY (part, number)) WITHOUT ROWID;
CREATE VIEW verdicts AS           -- a line for each claim, all parts together
    SELECT id, kind,
        SUM(cases) FILTER (WHERE mark <> 's') AS checked,
        IFNULL(SUM(cases) FILTER (WHERE substr(mark, 1, 1) IN ('x', 't', 'd', 'h')), 0) AS passed,
        IFNULL(SUM(cases) FILTER (WHERE mark = 'r'), 0) AS refuted,
        IFNULL(SUM(cases) FILTER (WHERE mark = 'i'), 0) AS undecided,
        IFNULL(SUM(cases) FILTER (WHERE mark = 's'), 0) AS skipped
    FROM claim JOIN tally USING (claim) GROUP BY claim ORDER BY claim;
)sql";

inline constexpr const char* screen_schema = R"sql(
CREATE TABLE screened (           -- of a screen: what became of each claim
    claim INTEGER PRIMARY KEY REFERENCES claim,
    checked INTEGER NOT NULL,     -- cases that it applied to
    unresolved INTEGER NOT NULL,  -- cases whose point was too inaccurate to say anything
    suspects INTEGER NOT NULL,    -- cases beyond its tolerance
    largest REAL NOT NULL);       -- error, in units of the quantity's natural scale
CREATE TABLE error (              -- of a screen: how the errors of each claim are distributed
    claim INTEGER NOT NULL REFERENCES claim,
    bin INTEGER NOT NULL,         -- errors of 10^(bin/20 - 18) up to 10^((bin+1)/20 - 18); -1: below 10^-18
    cases INTEGER NOT NULL,
    PRIMARY KEY (claim, bin)) WITHOUT ROWID;
CREATE TABLE screen_count (       -- of a screen, over all of its cases
    name TEXT PRIMARY KEY,        -- 'evaluations', 'revived', 'local_minima', 'stagnated', 'exhausted';
    cases INTEGER NOT NULL) WITHOUT ROWID;  -- 'on avx512', ..: cases that this engine solved
CREATE TABLE suspect (            -- of a screen: a case that was solved again, certified and tried
    number INTEGER PRIMARY KEY,   -- of the case
    claims TEXT NOT NULL,         -- those beyond their tolerance: 'thm1.b,thm1.c'
    found TEXT NOT NULL,          -- the point in floating point, as JSON
    certified INTEGER NOT NULL,   -- 1: its global minimum was found and proven
    refuted TEXT NOT NULL,        -- of the claims tried those that failed there
    reason TEXT NOT NULL,         -- why it stood out: 'confirmed', 'ill-conditioned', 'local minimum', ..
    replay TEXT NOT NULL);        -- ncverify verify --replay ..
)sql";

}  // namespace ncverify::campaign
