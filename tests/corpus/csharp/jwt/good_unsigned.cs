class Tokens1 {
    public void Configure(JwtBearerOptions options) {
        options.TokenValidationParameters = new TokenValidationParameters {
            ValidateIssuerSigningKey = true,
            IssuerSigningKey = Keys.Current,
            ValidIssuer = "a",
        };
    }
}
