//! Empty: a package needs a target for cargo to name where its dependencies lie.
