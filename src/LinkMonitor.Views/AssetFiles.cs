using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Encodings.Web;

namespace LinkMonitor.Views;

/// <summary>
/// The style sheet, the script and the icon of all pages. A file's address carries a hash of its content, so that a browser may keep it for
/// ever.
/// </summary>
public static class AssetFiles
{
    private const string Folder = "/assets/";

    private static readonly FrozenDictionary<string, ServedFile> ByName = new[]
    {
        Read("app.css", "text/css; charset=utf-8"),
        Read("app.js", "text/javascript; charset=utf-8"),
        Read("hand-over.js", "text/javascript; charset=utf-8"),
        Read("icon.svg", "image/svg+xml"),
    }.ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);

    /// <summary>The address of the style sheet.</summary>
    public static string Style { get; } = Address("app");

    /// <summary>The address of the script, an ES module.</summary>
    public static string Script { get; } = Address("app", ".js");

    /// <summary>The address of the script of the page that takes documents, an ES module.</summary>
    public static string HandOver { get; } = Address("hand-over", ".js");

    /// <summary>The address of the icon.</summary>
    public static string Icon { get; } = Address("icon", ".svg");

    /// <summary>The file of a name in the folder, for example <c>app.3f9ac2d1e0.css</c>; null for any other name.</summary>
    public static ServedFile? Find(string name) => ByName.GetValueOrDefault(name);

    private static string Address(string stem, string ending = ".css") => Folder + ByName.Keys.Single(
        name => name.StartsWith(stem + ".", StringComparison.Ordinal) && name.EndsWith(ending, StringComparison.Ordinal));

    private static ServedFile Read(string file, string type)
    {
        var resource = $"LinkMonitor.Views.Assets.{file}";
        using var stream = typeof(AssetFiles).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The build lacks {resource}.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        var bytes = copy.ToArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..10];
        return new ServedFile($"{Path.GetFileNameWithoutExtension(file)}.{hash}{Path.GetExtension(file)}", type, bytes);
    }
}

/// <summary>A file that pages load.</summary>
/// <param name="Name">With the hash of its content.</param>
/// <param name="Type">Its <c>Content-Type</c>.</param>
public sealed record ServedFile(string Name, string Type, ReadOnlyMemory<byte> Content);

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
