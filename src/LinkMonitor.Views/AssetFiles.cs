using System.Collections.Frozen;
using System.Security.Cryptography;

namespace LinkMonitor.Views;

/// <summary>
/// The style sheet, the script and the icon of all pages. A file's address carries a hash of its content, so that a browser may keep it for
/// ever.
/// </summary>
public static class AssetFiles
{
    private const string Folder = "/assets/";

    private static readonly FrozenDictionary<string, Asset> ByName = new[]
    {
        Read("app.css", "text/css; charset=utf-8"),
        Read("app.js", "text/javascript; charset=utf-8"),
        Read("icon.svg", "image/svg+xml"),
    }.ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);

    /// <summary>The address of the style sheet.</summary>
    public static string Style { get; } = Address("app");

    /// <summary>The address of the script, an ES module.</summary>
    public static string Script { get; } = Address("app", ".js");

    /// <summary>The address of the icon.</summary>
    public static string Icon { get; } = Address("icon", ".svg");

    /// <summary>The file of a name in the folder, for example <c>app.3f9ac2d1e0.css</c>; null for any other name.</summary>
    public static Asset? Find(string name) => ByName.GetValueOrDefault(name);

    private static string Address(string stem, string ending = ".css") => Folder + ByName.Keys.Single(
        name => name.StartsWith(stem + ".", StringComparison.Ordinal) && name.EndsWith(ending, StringComparison.Ordinal));

    private static Asset Read(string file, string type)
    {
        var resource = $"LinkMonitor.Views.Assets.{file}";
        using var stream = typeof(AssetFiles).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The build lacks {resource}.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        var bytes = copy.ToArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..10];
        return new Asset($"{Path.GetFileNameWithoutExtension(file)}.{hash}{Path.GetExtension(file)}", type, bytes);
    }
}

/// <summary>A file that pages load.</summary>
/// <param name="Name">With the hash of its content.</param>
/// <param name="Type">Its <c>Content-Type</c>.</param>
public sealed record Asset(string Name, string Type, ReadOnlyMemory<byte> Content);
