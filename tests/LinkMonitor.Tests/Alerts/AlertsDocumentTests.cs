using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using LinkMonitor.Alerts;
using LinkMonitor.Alerts.Composing;
using LinkMonitor.Alerts.Composing.Writing;
using LinkMonitor.Alerts.Files;
using LinkMonitor.Alerts.Letters;
using LinkMonitor.Alerts.SendGrid;
using LinkMonitor.Alerts.Smtp;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Tests.Alerts.Composing;
using LinkMonitor.Wording;

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
    public void The_documented_limits_of_a_mail_are_the_real_ones()
    {
        Assert.Contains($"The first {LetterRoom.MaxInFull} changes are shown with their evidence", Document(), StringComparison.Ordinal);
        Assert.Contains($"the next {LetterRoom.MaxShortly} in brief", Document(), StringComparison.Ordinal);
        Assert.Contains($"the {AlertComposer.GmailBytes / 1024} kB that Gmail shows", Document(), StringComparison.Ordinal);
        Assert.Contains($"at most {SubjectLine.MaxLength} characters", Document(), StringComparison.Ordinal);
        Assert.Contains($"at most {AlertSummary.MaxLines} lines", Document(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_documented_languages_are_the_real_ones() =>
        Assert.All(Language.Codes, code => Assert.Contains($"`{code}`", Document(), StringComparison.Ordinal));

    [Theory]
    [InlineData("lost")]
    [InlineData("digest-quiet")]
    [InlineData("terms")]
    [InlineData("unstable")]
    [InlineData("settled")]
    [InlineData("network")]
    [InlineData("channel")]
    [InlineData("test")]
    public void The_example_mails_of_the_document_are_the_real_ones(string name)
    {
        var unsubscribe = Sample.Links.Unsubscribe(Sample.Project.Id, new ChannelId("chn_abcdefghijklmnopqrstuvwxyz"));
        var written = AlertComposer.Compose(SampleMatters.All[name], Sample.Links).For(unsubscribe);
        var mail = $"Subject: {written.Subject}\n\n{written.Text}";
        var head = mail[..mail.IndexOf("\n---", StringComparison.Ordinal)].TrimEnd();

        Assert.Contains($"```text\n{head}\n```", Document().ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

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

    private static string Document() => File.ReadAllText(Path.Combine(Here(), "..", "..", "..", "docs", "alerts.md"));

    private static string Here([CallerFilePath] string testFile = "") => Path.GetDirectoryName(testFile)!;

    [GeneratedRegex(@"^\| `(?<name>LinkMonitor:Mail:[A-Za-z:]+)` \| (?<default>[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
