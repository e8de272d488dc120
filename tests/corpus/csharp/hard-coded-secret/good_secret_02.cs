var jwtKey = builder.Configuration["Jwt:Key"] ?? throw new Exception("Jwt:Key missing");
var connectionString = "Server=(localdb)\\mssqllocaldb;Database=shop;Trusted_Connection=True;";
var password = Environment.GetEnvironmentVariable("DB_PASSWORD");
