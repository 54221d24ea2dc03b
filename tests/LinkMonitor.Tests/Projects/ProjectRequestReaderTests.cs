using System.Text.Json;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Projects;

public sealed class ProjectRequestReaderTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public void A_language_that_mails_have_is_taken(string language) =>
        Assert.Equal((language, 0), Read(new ProjectRequest { Language = language }, project => project.Language));

    [Theory]
    [InlineData("fr")]
    [InlineData("DE")]
    [InlineData("")]
    public void Another_language_is_refused_with_those_there_are(string language)
    {
        var errors = new FieldErrors();

        ProjectRequestReader.Apply(new ProjectRequest { Language = language }, NoBody, StorageSamples.Project(new("prj_a")), errors);

        Assert.StartsWith($"'{language}' is not one of de, en", Assert.Single(errors.ToDictionary()["language"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.org/logo.png", "https://example.org/logo.png")]
    [InlineData("", null)]
    public void A_logo_is_set_and_taken_away(string given, string? kept) =>
        Assert.Equal((kept, 0), Read(new ProjectRequest { LogoUrl = given }, project => project.LogoUrl?.AbsoluteUri));

    [Theory]
    [InlineData("http://example.org/logo.png")]
    [InlineData("/logo.png")]
    [InlineData("https://user:password@example.org/logo.png")]
    [InlineData("data:image/png;base64,AAAA")]
    [InlineData("javascript:alert(1)")]
    public void A_logo_is_an_absolute_https_URL(string url)
    {
        var errors = new FieldErrors();

        ProjectRequestReader.Apply(new ProjectRequest { LogoUrl = url }, NoBody, StorageSamples.Project(new("prj_a")), errors);

        Assert.StartsWith("An absolute https URL", Assert.Single(errors.ToDictionary()["logoUrl"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("recipients")]
    [InlineData("timeZone")]
    [InlineData("senderName")]
    [InlineData("LANGUAGE")]
    [InlineData("logoUrl")]
    [InlineData("checkEveryMinutes")]
    [InlineData("obeyRobots")]
    [InlineData("checkTargets")]
    [InlineData("confirmation")]
    public void Null_sets_a_field_back_to_its_default_and_no_other(string field)
    {
        var set = Everything();
        var (project, errors) = Patch(set, $"{{\"{field}\":null}}");
        var initial = new Project { Id = set.Id, Name = set.Name, CreatedAt = set.CreatedAt };

        Assert.False(errors.Any);
        var changed = typeof(Project).GetProperties()
            .Where(property => !Equals(property.GetValue(project), property.GetValue(set))).ToList();
        var one = Assert.Single(changed);
        Assert.Equal(one.GetValue(initial), one.GetValue(project));
    }

    [Fact]
    public void Null_sets_a_part_of_the_confirmation_back()
    {
        var (project, errors) = Patch(Everything(), "{\"confirmation\":{\"link\":null,\"unreachableAfterMinutes\":120}}");

        Assert.False(errors.Any);
        Assert.Equal(ConfirmationPolicy.Default.Link, project.Confirmation.Link);
        Assert.Equal(Everything().Confirmation.PageGone, project.Confirmation.PageGone);
        Assert.Equal(TimeSpan.FromHours(2), project.Confirmation.UnreachableAfter);
    }

    [Fact]
    public void A_name_cannot_be_null() =>
        Assert.Contains("cannot be without it", Assert.Single(Patch(Everything(), "{\"name\":null}").Errors.ToDictionary()["name"]),
            StringComparison.Ordinal);

    private static (Project Project, FieldErrors Errors) Patch(Project project, string json)
    {
        using var document = JsonDocument.Parse(json);
        var body = Body<ProjectRequest>.Read(document.RootElement, new FieldErrors());
        return (ProjectRequestReader.Apply(body.Value, body.Json, project, body.Errors), body.Errors);
    }

    private static Project Everything()
    {
        var rule = new ConfirmationRule(7, TimeSpan.FromMinutes(77));
        return StorageSamples.Project(new("prj_a")) with
        {
            Recipients = ["a@example.org"],
            TimeZone = "Europe/Berlin",
            SenderName = "Us",
            Language = "de",
            LogoUrl = new Uri("https://example.org/logo.png"),
            CheckEvery = TimeSpan.FromHours(5),
            ObeyRobots = false,
            CheckTargets = false,
            Confirmation = new ConfirmationPolicy
            {
                Link = rule,
                PageGone = rule,
                DomainGone = rule,
                PageReplaced = rule,
                UnreachableAfter = TimeSpan.FromDays(9),
            },
        };
    }

    private static JsonElement NoBody => JsonElement.Parse("{}"u8);

    private static (string? Value, int Errors) Read(ProjectRequest request, Func<Project, string?> value)
    {
        var errors = new FieldErrors();
        var project = ProjectRequestReader.Apply(request, NoBody, StorageSamples.Project(new("prj_a")), errors);
        return (value(project), errors.ToDictionary().Count);
    }
}
