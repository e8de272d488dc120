services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
{
    options.TokenValidationParameters = new TokenValidationParameters
    {
        ValidateIssuer = true,
        ValidIssuer = "https://issuer.example",
        ValidateAudience = true,
        ValidAudience = "api",
        ValidateIssuerSigningKey = true,
        IssuerSigningKey = key,
        ValidateLifetime = false,  // expect: CWE-613|CWE-287|CWE-347|CWE-345|CWE-295
    };
});
