using System.Globalization;
using LinkMonitor.Alerts;

namespace LinkMonitor.Testing;

/// <summary>A message that is hard to carry: letters beyond ASCII, a leading dot, trailing spaces, a very long line.</summary>
internal static class SampleMessage
{
    public const string Text = "Grüße, 你好 🔗\n.\n.leading dot\nFrom here\ntrailing space \n\n= 100 %\n";

    public static readonly string Html = $"<p>Grüße &amp; 🔗</p>\n<!-- {new string('x', 3_000)} -->\n";

    public static AlertMessage To(string recipient, int events = 2) => new()
    {
        AlertId = "alr_abcdefghijklmnopqrstuvwxyz",
        CreatedAt = DateTimeOffset.Parse("2026-03-01T12:34:56Z", CultureInfo.InvariantCulture),
        EventIds = [.. Enumerable.Range(1, events).Select(n => $"chg_{n.ToString("d26", CultureInfo.InvariantCulture)}")],
        Recipient = recipient,
        ProjectName = "Example Widgets",
        Subject = "Lost: link from blog.example.net to example.org (Grüße → 你好 🔗, and some more words to make it long enough to fold)",
        Text = Text,
        Html = Html,
    };
}
