using LinkMonitor.Demo;

namespace LinkMonitor.Tests.Demo;

public sealed class DemoBrowserTests
{
    private static readonly Uri Address = new("http://127.0.0.1:7072/sign-in/abc");

    [Fact]
    public void On_linux_nothing_is_opened_without_a_screen()
    {
        var isLinux = OperatingSystem.IsLinux();

        Assert.Equal(isLinux, DemoBrowser.Command(Address, hasScreen: false) is null);
        Assert.NotNull(DemoBrowser.Command(Address, hasScreen: true));
    }
}
