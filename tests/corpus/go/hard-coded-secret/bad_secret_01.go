package config

const jwtSecret = "s3cr3t-signing-key-2024"  // expect: CWE-798

var dbPassword = "Tr0ub4dor&3xyz"  // expect: CWE-798

func dsn() string { return "postgres://admin:hunter2pass@db.internal:5432/app" }  // expect: CWE-798|CWE-259
