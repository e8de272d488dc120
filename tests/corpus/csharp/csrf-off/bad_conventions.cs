builder.Services.AddRazorPages().AddRazorPagesOptions(options =>
    options.Conventions.ConfigureFilter(new IgnoreAntiforgeryTokenAttribute()));  // expect: CWE-352
