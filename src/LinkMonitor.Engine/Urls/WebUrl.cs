using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LinkMonitor.Engine.Urls;

/// <summary>
/// An absolute URL as browsers read it: https://url.spec.whatwg.org/. The only URL parser of the project, so that what is judged, what is
/// stored and what is fetched can never be three different readings of one string. Every part is ASCII, percent-encoded by the standard.
/// Two URLs are equal when their <see cref="Href"/> is. Where <see cref="Host"/> differs from browsers is reported at
/// <see cref="DomainName"/>.
/// </summary>
[JsonConverter(typeof(WebUrlJsonConverter))]
public sealed class WebUrl : IEquatable<WebUrl>
{
    internal WebUrl(UrlRecord record)
    {
        Scheme = record.Scheme;
        UserName = record.UserName;
        Password = record.Password;
        Host = record.Host;
        Port = record.Port;
        Path = record.Path;
        HasOpaquePath = record.OpaquePath is not null;
        Query = record.Query;
        Fragment = record.Fragment;
        Href = Serialize();
    }

    /// <summary>What was read to the end, and whose parts stand in its <paramref name="href"/> as they are set.</summary>
    internal WebUrl(string scheme, string host, int? port, string href)
    {
        Scheme = scheme;
        UserName = "";
        Password = "";
        Host = host;
        Port = port;
        Href = href;
    }

    /// <summary>The serialised URL, fragment included. Parsing it gives an equal URL.</summary>
    public string Href { get; }

    /// <summary>In lower case, without the colon.</summary>
    public string Scheme { get; }

    /// <summary>
    /// The host in ASCII (IDNs in Punycode), IPv4 in dotted decimal, IPv6 compressed and in brackets; null when the URL has none.
    /// </summary>
    public string? Host { get; }

    /// <summary>0 to 65535; null when absent or the default of the scheme.</summary>
    public int? Port { get; }

    /// <summary><see cref="Port"/> or the default of the scheme; null for a scheme that has none.</summary>
    public int? EffectivePort => Port ?? SpecialSchemes.DefaultPort(Scheme);

    /// <summary>Empty when absent.</summary>
    public string UserName { get; }

    /// <summary>Empty when absent.</summary>
    public string Password { get; }

    /// <summary>With its leading slash; never empty for http and https. Opaque (no slash) for schemes such as mailto.</summary>
    public string Path { get; internal init; } = "";

    /// <summary>Without the question mark; null when absent, empty when only the question mark is there.</summary>
    public string? Query { get; internal init; }

    /// <summary>Without the number sign; null when absent, empty when only the number sign is there.</summary>
    public string? Fragment { get; internal init; }

    public bool IsHttp => Scheme is "http" or "https";

    public bool HasCredentials => UserName.Length > 0 || Password.Length > 0;

    /// <summary>
    /// Scheme, host and port. <c>null</c> (the text) for every scheme that is not fetched from a host, <c>blob</c> included.
    /// </summary>
    public string Origin => SpecialSchemes.DefaultPort(Scheme) is null ? "null" : $"{Scheme}://{Host}{PortSuffix}";

    internal bool HasOpaquePath { get; }

    /// <summary>Scheme, host and port, as they stand in front of the path of a URL without credentials.</summary>
    internal string Prefix => field ??= $"{Scheme}://{Host}{PortSuffix}";

    /// <summary>
    /// What of the URL counts when links are matched to a target; for http and https only. Made once, when it is asked for.
    /// </summary>
    internal TargetForm Form => field ??= TargetForm.Of(this);

    /// <summary>The port with its colon, empty for the default port.</summary>
    internal string PortSuffix => Port is { } port ? string.Create(CultureInfo.InvariantCulture, $":{port}") : "";

    /// <summary>Reads an absolute URL.</summary>
    public static bool TryParse([NotNullWhen(true)] string? input, [NotNullWhen(true)] out WebUrl? url) => TryParse(input, null, out url);

    /// <inheritdoc cref="TryParse(string?, WebUrl?, Encoding?, out WebUrl?)"/>
    public static bool TryParse([NotNullWhen(true)] string? input, WebUrl? baseUrl, [NotNullWhen(true)] out WebUrl? url) =>
        TryParse(input, baseUrl, null, out url);

    /// <summary>Reads a URL, resolved against a base when it is relative.</summary>
    /// <param name="input">Anything; null is no URL.</param>
    /// <param name="baseUrl">What a relative reference is resolved against; null to accept absolute URLs only.</param>
    /// <param name="queryEncoding">The encoding of the page the link stands on, which its query is encoded in; null for UTF-8.</param>
    /// <param name="url">The URL; null when the result is false.</param>
    public static bool TryParse(
        [NotNullWhen(true)] string? input, WebUrl? baseUrl, Encoding? queryEncoding, [NotNullWhen(true)] out WebUrl? url)
    {
        if (input is not null && PlainUrl.Read(input, baseUrl) is { } plain)
        {
            url = plain;
            return true;
        }

        var record = input is null ? null : UrlParser.Parse(input, baseUrl, queryEncoding);
        url = record is null ? null : new WebUrl(record);
        return url is not null;
    }

    public WebUrl WithoutFragment() => Fragment is null ? this : new WebUrl(ToRecord());

    /// <summary>
    /// The URL to hand to an HTTP client: path and query go over the wire exactly as they stand here. Fragment and credentials are dropped.
    /// Null when the URL is not http or https, and when System.Uri cannot hold the host, or reads another one: such a host has no DNS name.
    /// </summary>
    public Uri? ToRequestUri() => RequestUri.From(this);

    public bool Equals(WebUrl? other) => other is not null && string.Equals(Href, other.Href, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as WebUrl);

    public override int GetHashCode() => string.GetHashCode(Href, StringComparison.Ordinal);

    /// <returns><see cref="Href"/>.</returns>
    public override string ToString() => Href;

    /// <summary>A copy with another path and query and no fragment; both must already be encoded.</summary>
    internal WebUrl With(string path, string? query)
    {
        var record = ToRecord();
        record.OpaquePath = null;
        record.Segments = [.. path[1..].Split('/')];
        record.Query = query;
        return new WebUrl(record);
    }

    private UrlRecord ToRecord() => new()
    {
        Scheme = Scheme,
        UserName = UserName,
        Password = Password,
        Host = Host,
        Port = Port,
        Segments = HasOpaquePath ? [] : UrlRecord.SegmentsOf(this),
        OpaquePath = HasOpaquePath ? Path : null,
        Query = Query,
    };

    private string Serialize()
    {
        var output = new StringBuilder(Scheme).Append(':');
        if (Host is not null)
        {
            output.Append("//").Append(UserName);
            if (Password.Length > 0) output.Append(':').Append(Password);
            if (HasCredentials) output.Append('@');
            output.Append(Host).Append(PortSuffix);
        }
        else if (!HasOpaquePath && Path.StartsWith("//", StringComparison.Ordinal))
        {
            // Without it, the path would be read back as a host.
            output.Append("/.");
        }

        output.Append(Path);
        if (Query is not null) output.Append('?').Append(Query);
        if (Fragment is not null) output.Append('#').Append(Fragment);
        return output.ToString();
    }
}

/// <summary>
/// A URL as a JSON string, its <see cref="WebUrl.Href"/>. A string that is no absolute URL is a <see cref="JsonException"/>.
/// </summary>
public sealed class WebUrlJsonConverter : JsonConverter<WebUrl>
{
    public override WebUrl Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) throw new JsonException("A URL must be a string.");
        return WebUrl.TryParse(reader.GetString(), out var url) ? url : throw new JsonException("The string is not an absolute URL.");
    }

    public override void Write(Utf8JsonWriter writer, WebUrl value, JsonSerializerOptions options) => writer.WriteStringValue(value.Href);
}

/// <summary>The bridge from <see cref="WebUrl"/> to the System.Uri that HttpClient wants.</summary>
internal static class RequestUri
{
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public static Uri? From(WebUrl url)
    {
        if (!url.IsHttp) return null;

        var query = url.Query is null ? "" : "?" + url.Query;
        if (!Uri.TryCreate(url.Origin + url.Path + query, AsWritten, out var uri)) return null;

        // Two parsers that disagree on the host are how requests get past an address check.
        return uri.Scheme == url.Scheme && uri.Port == url.EffectivePort && IsSameHost(uri, url.Host!) ? uri : null;
    }

    private static bool IsSameHost(Uri uri, string host)
    {
        if (host[0] != '[') return string.Equals(uri.IdnHost, host, StringComparison.Ordinal);
        return uri.HostNameType == UriHostNameType.IPv6 && IPAddress.Parse(uri.IdnHost).Equals(IPAddress.Parse(host));
    }
}
