//! Kezhi 科志.
