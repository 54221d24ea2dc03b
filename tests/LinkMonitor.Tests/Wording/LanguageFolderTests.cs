using System.Text.Json.Nodes;
using LinkMonitor.Alerts;
using LinkMonitor.Hosting.Settings;
using LinkMonitor.Wording;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.Wording;

/// <summary>An operator's own language files. They count for the whole process, so nothing runs beside these tests.</summary>
[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LanguageFolderTests : IDisposable
{
    private const string Name = "Languages";

    private readonly string _folder = Directory.CreateTempSubdirectory("languages").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_project_s_mails_come_in_a_language_of_the_operator_s()
    {
        Write("nl", texts => texts["Nothing to do."] = "Niets te doen.");

        var languages = new OwnLanguages(Options.Create(new MailOptions { LanguageFolder = _folder }), NullLogger<OwnLanguages>.Instance);
        await languages.StartAsync(TestContext.Current.CancellationToken);
        var (said, codes) = (Language.Of("nl").Text("Nothing to do."), Language.Codes);
        await languages.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal("Niets te doen.", said);
        Assert.Contains("nl", codes);
        Assert.DoesNotContain("nl", Language.Codes);
    }

    [Fact]
    public void What_a_file_lacks_and_what_nothing_says_is_named_and_stops_nothing()
    {
        Write("fr", texts =>
        {
            texts.Remove("Nothing to do.");
            texts["Nothing at all."] = "Rien.";
        });

        var folder = LanguageFolder.Read(_folder);

        Assert.Empty(folder.Failures);
        Assert.Equal(2, folder.Notes.Count);
        Assert.Contains("appear in English: 'Nothing to do.'.", folder.Notes[0], StringComparison.Ordinal);
        Assert.Contains("never appear: 'Nothing at all.'.", folder.Notes[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Since {tme}", "other placeholders than {time}")]
    [InlineData("Depuis", "other placeholders than {time}")]
    [InlineData("Depuis {time} {", "a brace that is not a placeholder")]
    [InlineData(" ", "is empty")]
    public void A_text_that_no_mail_could_be_written_with_stops_the_start(string text, string words)
    {
        Write("fr", texts => texts["Since {time}"] = text);

        var failures = Failures();

        Assert.Contains(words, Assert.Single(failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr.json", "{", "not a language file")]
    [InlineData("fr.json", "{\"name\":\"x\"}", "not a language file")]
    [InlineData("fr.json", "null", "is empty")]
    [InlineData(
        "fr.json", """{"name":"x","months":[],"days":[],"decimalSeparator":",","groupSeparator":".","texts":{}}""", "0 months and 0 days")]
    [InlineData(
        "French.json",
        """
        {"name":"x","months":["","","","","","","","","","","",""],"days":["","","","","","",""],
        "decimalSeparator":",","groupSeparator":".","texts":{}}
        """,
        "named for its language")]
    [InlineData(
        "en.json",
        """
        {"name":"x","months":["","","","","","","","","","","",""],"days":["","","","","","",""],
        "decimalSeparator":",","groupSeparator":".","texts":{}}
        """,
        "is built in")]
    public void A_file_that_cannot_be_used_is_named(string name, string content, string words)
    {
        File.WriteAllText(Path.Combine(_folder, name), content);

        var failure = Assert.Single(Failures());

        Assert.Contains(words, failure, StringComparison.Ordinal);
        Assert.Contains(name, failure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named() =>
        Assert.Contains(
            "LinkMonitor:Mail:LanguageFolder",
            Assert.Single(Failures(Path.Combine(_folder, "none"))),
            StringComparison.Ordinal);

    private IReadOnlyList<string> Failures() => Failures(_folder);

    private static IReadOnlyList<string> Failures(string folder) => [
        .. new AnnotationsValidator<MailOptions>(MailOptions.Section, () => true)
            .Validate(null, new MailOptions { LanguageFolder = folder }).Failures ?? [],
    ];

    private void Write(string code, Action<JsonObject> edit)
    {
        using var stream = typeof(Language).Assembly.GetManifestResourceStream("LinkMonitor.Languages.de.json")!;
        var file = JsonNode.Parse(stream)!.AsObject();
        edit(file["texts"]!.AsObject());
        File.WriteAllText(Path.Combine(_folder, $"{code}.json"), file.ToJsonString());
    }
}
