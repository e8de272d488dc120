public class Page
{
    public IHtmlContent Render(IHtmlHelper html, Comment comment)
    {
        return html.Raw($"<p>{WebUtility.HtmlEncode(comment.Body)}</p>");
    }
    public IHtmlContent Rule(IHtmlHelper html) => html.Raw("<hr/>");
}
