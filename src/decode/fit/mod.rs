//! FIT, by a column scanner: a plan for each definition, then one tight loop for each column.
