var jwtKey = builder.Configuration["Jwt:Key"] ?? "default-dev-secret-key-please-change";  // expect: CWE-798
var connectionString = "Server=db.example.com;Database=shop;User Id=sa;Password=Pr0duct!on2024;";  // expect: CWE-798|CWE-259
