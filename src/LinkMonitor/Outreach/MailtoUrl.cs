using LinkMonitor.Alerts.Composing;

namespace LinkMonitor.Outreach;

/// <summary>
/// A draft as a <c>mailto:</c> URL. Everything but unreserved characters is percent-encoded as UTF-8, line breaks as CR LF. Source: RFC 6068.
/// </summary>
internal static class MailtoUrl
{
    /// <summary>What mail programs and operating systems take without fail.</summary>
    public const int MaxLength = 2_000;

    private const string Shortened = "[Shortened to fit: copy the whole text from LinkMonitor.]";
    private static readonly int[] SubjectLengths = [150, 60, 20];

    /// <returns>The URL, and whether the body was cut; null when not even a short subject fits beside the address.</returns>
    /// <param name="to">An e-mail address; null leaves it to the sender.</param>
    /// <param name="body">Lines end with a line feed.</param>
    public static (string Url, bool IsShortened)? Write(string? to, string subject, string body)
    {
        foreach (var length in SubjectLengths)
        {
            var head = $"mailto:{Address(to)}?subject={Encode(WebText.Short(subject, length))}&body=";
            if (head.Length + EncodeBody(body).Length <= MaxLength)
                return (head + EncodeBody(body), false);
            if (Fit(body, MaxLength - head.Length) is { } fitting)
                return (head + fitting, true);
        }

        return null;
    }

    // The "@" stays: RFC 6068 has it unencoded between the two parts of an address.
    private static string Address(string? to) => to is null ? "" : string.Join('@', to.Split('@').Select(Encode));

    /// <summary>As many whole lines as there is room for, and a last one that says so; null when not even that fits.</summary>
    private static string? Fit(string body, int room)
    {
        var lines = body.Split('\n');
        for (var count = lines.Length - 1; count >= 0; count--)
        {
            var encoded = EncodeBody(string.Join('\n', [.. lines.Take(count), Shortened]));
            if (encoded.Length <= room)
                return encoded;
        }

        return null;
    }

    private static string EncodeBody(string body) => string.Join("%0D%0A", body.Split('\n').Select(Encode));

    private static string Encode(string text) => Uri.EscapeDataString(text);
}
