class Tokens1 {
    public void Configure(JwtBearerOptions options) {
        options.TokenValidationParameters = new TokenValidationParameters {
            ValidateIssuerSigningKey = false,  // expect: CWE-347
            ValidIssuer = "a",
        };
    }
}
