//! The `kezhi` binary.

fn main() -> std::process::ExitCode {
    kezhi::cli::run()
}
