using LinkMonitor.Api;
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

        ProjectRequestReader.Apply(new ProjectRequest { Language = language }, StorageSamples.Project(new("prj_a")), errors);

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

        ProjectRequestReader.Apply(new ProjectRequest { LogoUrl = url }, StorageSamples.Project(new("prj_a")), errors);

        Assert.StartsWith("An absolute https URL", Assert.Single(errors.ToDictionary()["logoUrl"]), StringComparison.Ordinal);
    }

    private static (string? Value, int Errors) Read(ProjectRequest request, Func<Project, string?> value)
    {
        var errors = new FieldErrors();
        var project = ProjectRequestReader.Apply(request, StorageSamples.Project(new("prj_a")), errors);
        return (value(project), errors.ToDictionary().Count);
    }
}
