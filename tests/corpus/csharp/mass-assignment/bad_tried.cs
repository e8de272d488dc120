public class ProfileController : Controller {
    [HttpPost]
    public async Task<IActionResult> Edit(int id) {
        var profile = await _context.Profiles.FindAsync(id);
        if (await TryUpdateModelAsync(profile)) _context.SaveChanges();  // expect: CWE-915
        return View(profile);
    }
}
