using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using LinkMonitor.Alerts;
using LinkMonitor.Alerts.Composing;
using LinkMonitor.Alerts.Files;
using LinkMonitor.Alerts.SendGrid;
using LinkMonitor.Alerts.Smtp;

namespace LinkMonitor.Tests.Alerts;

public sealed partial class AlertsDocumentTests
{
    [Fact]
    public void Every_setting_stands_in_the_document_with_its_default()
    {
        var documented = Row().Matches(Document()).Select(match => (match.Groups["name"].Value, match.Groups["default"].Value));

        var actual = Settings(MailOptions.Section, new MailOptions())
            .Concat(Settings(FilesOptions.Section, new FilesOptions()))
            .Concat(Settings(SmtpOptions.Section, new SmtpOptions()))
            .Concat(Settings(SendGridOptions.Section, new SendGridOptions()));

        Assert.Equal(actual.Order(), documented.Order());
    }

    [Fact]
    public void The_documented_limit_of_full_evidence_is_the_real_one() =>
        Assert.Contains($"The first {AlertComposer.MaxToldInFull} changes are told with their evidence", Document(), StringComparison.Ordinal);

    private static IEnumerable<(string Name, string Default)> Settings<TOptions>(string section, TOptions options) =>
        typeof(TOptions).GetProperties()
            .Where(property => property.CanWrite)
            .Select(property => ($"{section}:{property.Name}", Text(property.GetValue(options))));

    private static string Text(object? value) => value switch
    {
        null => "none",
        bool flag => flag ? "`true`" : "`false`",
        Uri url => $"`{url.OriginalString}`",
        _ => $"`{Convert.ToString(value, CultureInfo.InvariantCulture)}`",
    };

    private static string Document([CallerFilePath] string testFile = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(testFile)!, "..", "..", "..", "docs", "alerts.md"));

    [GeneratedRegex(@"^\| `(?<name>LinkMonitor:Mail:[A-Za-z:]+)` \| (?<default>[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
