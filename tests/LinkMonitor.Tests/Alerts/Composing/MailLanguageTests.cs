using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using LinkMonitor.Alerts.Composing;
using LinkMonitor.Alerts.Kinds;
using LinkMonitor.Alerts.Letters;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Testing;
using LinkMonitor.Wording;

namespace LinkMonitor.Tests.Alerts.Composing;

public sealed partial class MailLanguageTests
{
    private static readonly Uri Unsubscribe = Sample.Links.Unsubscribe(Sample.Project.Id, new ChannelId("chn_abcdefghijklmnopqrstuvwxyz"))!;

    public static TheoryData<string> Codes => [.. LanguageFile.All().Select(file => file.Code)];

    public static TheoryData<string> Mails => [.. Told];

    public static TheoryData<string> Kinds => [.. Told.Intersect(SampleMatters.Kinds)];

    // All but the notices to the operator, which are English.
    private static IEnumerable<string> Told =>
        SampleMatters.All.Where(matter => matter.Value.About is not null).Select(matter => matter.Key);

    [Fact]
    public void Every_text_that_is_said_is_found_in_the_source() => Assert.All(Sources(), source =>
    {
        var texts = TextCall().Count(source.Code) + CountCall().Count(source.Code);
        Assert.True(Call().Count(source.Code) == texts, $"{source.Name} says something that is not written out in the call.");
    });

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_language_has_every_text_and_no_other(string code)
    {
        var texts = LanguageFile.All().Single(file => file.Code == code).Texts.Keys;

        Assert.Empty(English().Except(texts));
        Assert.Empty(texts.Except(English()));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_text_has_the_same_placeholders_in_every_language(string code) =>
        Assert.All(LanguageFile.All().Single(file => file.Code == code).Texts, text =>
        {
            Assert.Equal(Placeholders(text.Key), Placeholders(text.Value));
            Assert.NotEqual("", text.Value.Trim());
        });

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_language_has_twelve_months_and_seven_days(string code)
    {
        var file = LanguageFile.All().Single(one => one.Code == code);

        Assert.Equal((12, 7), (file.Months.Count, file.Days.Count));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_text_of_one_German_mail_of_each_kind_reads_as_approved(string name)
    {
        var mail = German(name);

        Approved.Check($"{name}.de.approved.txt", $"Subject: {mail.Subject}\n\n{mail.Text}\n{SummaryText.Of(mail.Summary)}");
    }

    [Fact]
    public void What_other_German_mails_have_of_their_own_and_all_that_only_the_HTML_says_reads_as_approved()
    {
        var whole = Told.Intersect(SampleMatters.Kinds).Select(German).ToList();
        var others = Told.Except(SampleMatters.Kinds).Select(name => MailParts.Of(name, German(name), whole));
        var html = whole.SelectMany(MailParts.OnlyInHtml).Distinct();

        Approved.Check("variants.de.approved.txt", $"{string.Concat(others)}=== only in the HTML\n{string.Join('\n', html)}\n");
    }

    [Theory]
    [MemberData(nameof(Mails))]
    public void A_German_mail_looks_as_the_English_one_and_says_its_language(string name)
    {
        var mail = German(name);

        Assert.Equal("de", mail.Language);
        Assert.Contains("<html lang=\"de\">", mail.Html, StringComparison.Ordinal);
        Assert.Equal(
            Tags(AlertComposer.Compose(SampleMatters.All[name], Sample.Links).For(Unsubscribe).Html),
            Tags(mail.Html.Replace("<html lang=\"de\">", "<html lang=\"en\">", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_reason_and_every_move_can_be_told_in_every_language(string code)
    {
        var changes =
            from reason in Enum.GetValues<ReasonCode>()
            from state in Enum.GetValues<LinkState>()
            select Sample.Change(Sample.Lost with { To = state, ReasonsAfter = [Sample.Reason(reason, "Something is so.")] });

        Assert.All(changes, change => Assert.DoesNotContain(
            "Something is so.", Sample.Compose(Sample.Project with { Language = code }, [change], Sample.Links).Text,
            StringComparison.Ordinal));
    }

    [Fact]
    public void Every_reason_has_sentences_of_its_own_in_every_language() => Assert.All(Language.Codes.Select(Language.Of), say =>
    {
        var codes = Enum.GetValues<ReasonCode>();
        Assert.Equal(
            codes.Length, codes.Select(code => ReasonWords.Sentence(Sample.Reason(code, code.ToString()), say)).Distinct().Count());
        Assert.Equal(codes.Length, codes.Select(code => ReasonWords.Advice(code, say).Why).Distinct().Count());
        Assert.Equal(codes.Length, codes.Select(code => ReasonWords.Label(code, say)).Distinct().Count());
    });

    [Fact]
    public void Notices_to_the_operator_and_unknown_languages_are_English()
    {
        Assert.Equal("en", AlertComposer.Compose(SampleMatters.All["network"], Sample.Links).Language);
        Assert.Equal(
            "en", Sample.Compose(Sample.Project with { Language = "tlh" }, [Sample.Change(Sample.Lost)], PublicLinks.None).Language);
    }

    [Fact]
    public void Braces_in_a_value_are_only_text() =>
        Assert.Equal("Since {url}", Language.English.Text("Since {time}", ("time", "{url}")));

    [Fact]
    public void Numbers_and_dates_are_written_in_the_language_s_manner()
    {
        var german = Language.Of("de");

        Assert.Equal("2.000 Links", german.Count(2_000, "{count} link", "{count} links"));
        Assert.Equal(
            "So, 1. März 2026, 13:00 (UTC+01:00)",
            new ProjectTime("Europe/Berlin", german).Write(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)));
    }

    private static AlertMail German(string name) =>
        AlertComposer.Compose(SampleMatters.In("de", SampleMatters.All[name]), Sample.Links).For(Unsubscribe);

    // Their kinds and order, whatever the words between them are.
    private static IReadOnlyList<string> Tags(string html) => [.. Tag().Matches(html).Select(tag => tag.Groups[1].Value)];

    private static IReadOnlyList<string> Placeholders(string text) =>
        [.. Placeholder().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];

    private static HashSet<string> English() =>
    [
        .. Sources().SelectMany(source => TextCall().Matches(source.Code).Concat(CountCall().Matches(source.Code)))
            .SelectMany(match => match.Groups["text"].Captures)
            .Select(text => JsonSerializer.Deserialize<string>($"\"{text.Value}\"")!),
        .. ReasonCatalogue.All.SelectMany(entry => entry.Texts),
        .. ChannelCatalogue.All.Select(type => type.Named),
    ];

    private static IEnumerable<(string Name, string Code)> Sources([CallerFilePath] string here = "")
    {
        var source = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "..", "src", "LinkMonitor");
        string[] rooms = [Path.Combine(source, "Alerts"), Path.Combine(source, "Wording"), Path.Combine(source, "ClientReports")];
        return rooms.SelectMany(room => Directory.EnumerateFiles(room, "*.cs", SearchOption.AllDirectories)).Select(
            path => (Path.GetFileName(path), Joint().Replace(File.ReadAllText(path), "")));
    }

    // Long texts stand in several literals.
    [GeneratedRegex("""(?<!\\)"\s*\+\s*["]""")]
    private static partial Regex Joint();

    [GeneratedRegex("""([sS]ay\.(Text|Count)\(|[^.\w]Text\("\{some\})""")]
    private static partial Regex Call();

    [GeneratedRegex("""\bText\(\s*"(?<text>(?:[^"\\]|\\.)*)["]""")]
    private static partial Regex TextCall();

    // The count itself may have calls in it.
    [GeneratedRegex("""
        [sS]ay\.Count\((?:[^()"]|\((?:[^()"]|\((?:[^()"]|\([^()"]*\))*\))*\))*?,
        \s*"(?<text>(?:[^"\\]|\\.)*)"\s*,\s*"(?<text>(?:[^"\\]|\\.)*)["]
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CountCall();

    [GeneratedRegex("<(/?[a-z0-9]+)")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();
}
