public class ProfileController : Controller {
    [HttpPost]
    public async Task<IActionResult> Edit(int id) {
        var profile = await _context.Profiles.FindAsync(id);
        if (await TryUpdateModelAsync(profile, "", p => p.Name, p => p.Bio)) _context.SaveChanges();
        return View(profile);
    }
}
