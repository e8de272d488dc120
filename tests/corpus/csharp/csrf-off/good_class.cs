[AutoValidateAntiforgeryToken]
public class SettingsModel : PageModel {
    public IActionResult OnPost(string mail) => Save(mail);
}
