Response.Cookies.Append("session", token, new CookieOptions
{
    HttpOnly = false,  // expect: CWE-1004
    Secure = false,  // expect: CWE-614
});
