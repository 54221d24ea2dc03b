namespace LinkMonitor.Engine.Urls;

/// <summary>The schemes the URL standard treats specially, with their default ports: https://url.spec.whatwg.org/#special-scheme.</summary>
internal static class SpecialSchemes
{
    public const string File = "file";

    public static bool Contains(string scheme) => scheme is "http" or "https" or "ws" or "wss" or "ftp" or File;

    public static int? DefaultPort(string scheme) => scheme switch
    {
        "http" or "ws" => 80,
        "https" or "wss" => 443,
        "ftp" => 21,
        _ => null,
    };

    /// <summary>The queries of these schemes are always UTF-8, whatever the encoding of the page.</summary>
    public static bool IsWebSocket(string scheme) => scheme is "ws" or "wss";
}
