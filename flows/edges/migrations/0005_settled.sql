-- What settling makes anew each time; the tables come with the steps of flows/pipeline.py.
CREATE SCHEMA facts;
CREATE SCHEMA matched;
CREATE SCHEMA judged;
CREATE SCHEMA computed;
CREATE SCHEMA marts;
-- Bank and books side by side: what `reconcile` shows.
CREATE SCHEMA agreement;
-- Where everything that has an id stands in a received file: what `explain` shows.
CREATE SCHEMA lineage;
