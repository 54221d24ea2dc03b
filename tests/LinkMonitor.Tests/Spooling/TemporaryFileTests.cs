using LinkMonitor.Spooling;

namespace LinkMonitor.Tests.Spooling;

public sealed class TemporaryFileTests
{
    [Fact]
    public void It_is_for_its_user_alone_and_goes_when_it_is_closed()
    {
        var file = TemporaryFile.Create("test", bufferSize: 0);
        using (file)
        {
            Assert.True(File.Exists(file.Name));
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.Name));
        }

        Assert.False(File.Exists(file.Name));
    }
}
