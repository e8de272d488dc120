[IgnoreAntiforgeryToken]  // expect: CWE-352
public class SettingsModel : PageModel {
    public IActionResult OnPost(string mail) => Save(mail);
}
