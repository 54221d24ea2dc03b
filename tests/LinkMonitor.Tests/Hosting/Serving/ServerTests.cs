using LinkMonitor.Hosting.Serving;
using Microsoft.Extensions.Configuration;

namespace LinkMonitor.Tests.Hosting.Serving;

public sealed class ServerTests
{
    [Fact]
    public void Settings_are_read_once_and_their_files_are_not_watched()
    {
        var configuration = Assert.IsType<IConfigurationBuilder>(
            Server.CreateBuilder(new ServerSettings()).Configuration, exactMatch: false);

        var files = configuration.Sources.OfType<FileConfigurationSource>().ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.False(file.ReloadOnChange, file.Path));
    }
}
