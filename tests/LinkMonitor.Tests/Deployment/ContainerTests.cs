using System.Runtime.CompilerServices;
using LinkMonitor.Hosting.Azurite;
using LinkMonitor.Hosting.Serving;

namespace LinkMonitor.Tests.Deployment;

/// <summary>The Dockerfile and compose.yaml go with the code; no test here runs them.</summary>
public sealed class ContainerTests
{
    [Fact]
    public void Azurite_is_of_the_version_that_is_tested() =>
        Assert.Contains($"/azurite:{AzuriteOptions.Version}\n", Read("compose.yaml"), StringComparison.Ordinal);

    [Fact]
    public void Image_serves_the_port_that_is_asked_for_its_health_without_root_rights()
    {
        var image = Read("Dockerfile");

        Assert.Contains($"ASPNETCORE_URLS=http://+:{ServerSettings.DefaultPort} ", image, StringComparison.Ordinal);
        Assert.Contains("\nUSER $APP_UID\n", image, StringComparison.Ordinal);
        Assert.Contains("\"health\"]", image, StringComparison.Ordinal);
    }

    [Fact]
    public void Image_is_compiled_for_its_platform()
    {
        Assert.Contains(" --use-current-runtime --no-self-contained ", Read("Dockerfile"), StringComparison.Ordinal);
        Assert.Contains(
            "<PublishReadyToRun Condition=\"'$(RuntimeIdentifier)' != ''\">true<", Read("src/LinkMonitor/LinkMonitor.csproj"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_copied_into_the_image_is_there_and_not_ignored()
    {
        var copied = Read("Dockerfile")
            .Split('\n')
            .Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ')[1..^1]).ToList();
        var taken = Read(".dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..]);

        Assert.Equal(copied.Order(StringComparer.Ordinal), taken.Order(StringComparer.Ordinal));
        Assert.All(copied, path => Assert.True(Path.Exists(Path.Combine(Root(), path)), path));
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Root(), file)).ReplaceLineEndings("\n");

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
