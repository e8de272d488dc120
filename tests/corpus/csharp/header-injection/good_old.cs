class Handler1 : IHttpHandler {
    public void ProcessRequest(HttpContext context) {
        var language = context.Request.QueryString["lang"] == "de" ? "de" : "en";
        context.Response.AddHeader("X-Language", language);
    }
}
