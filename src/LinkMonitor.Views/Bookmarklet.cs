using System.Text.Encodings.Web;

namespace LinkMonitor.Views;

/// <summary>
/// A bookmark that hands the page of a tab to us. The page's policy may forbid every connection and form, but not a window and a message
/// to it: the bookmark opens one of ours and sends it the document once it says that it is ready. Neither side takes a message from anyone
/// else.
/// </summary>
/// <param name="Name">What the bookmark is called.</param>
/// <param name="Origin">Where people reach us, for example <c>https://links.example.org</c>.</param>
/// <param name="Path">The page that takes the document.</param>
public sealed record Bookmarklet(string Name, string Origin, string Path)
{
    // The window answers at once or, where somebody has to sign in first, never: then a click on the bookmark sends it anew.
    private const string Code = """
        (()=>{const o="ORIGIN",w=open(o+"PATH");
        if(!w)return alert("The browser opened no window. Allow pop-ups of this site, or paste the page's HTML into LinkMonitor.");
        const f=e=>{
        if(e.origin!==o||e.source!==w||e.data!=="linkmonitor-ready")return;
        removeEventListener("message",f);
        w.postMessage({linkmonitor:"page",url:location.href,
        html:(document.doctype?"<!doctype html>":"")+document.documentElement.outerHTML},o)};
        addEventListener("message",f);
        setTimeout(()=>removeEventListener("message",f),60000)})()
        """;

    /// <summary>What the link of the bookmark leads to.</summary>
    public string Href => "javascript:" + Uri.EscapeDataString(
        Code.ReplaceLineEndings("").Replace("ORIGIN", JavaScriptEncoder.Default.Encode(Origin), StringComparison.Ordinal)
            .Replace("PATH", JavaScriptEncoder.Default.Encode(Path), StringComparison.Ordinal));
}
