builder.Services.AddRazorPages().AddRazorPagesOptions(options =>
    options.Conventions.ConfigureFilter(new AutoValidateAntiforgeryTokenAttribute()));
