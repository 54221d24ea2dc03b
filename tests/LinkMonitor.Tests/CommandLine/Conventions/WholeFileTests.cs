using LinkMonitor.CommandLine.Conventions;

namespace LinkMonitor.Tests.CommandLine.Conventions;

public sealed class WholeFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("whole-");

    private FileInfo Target => new(Path.Combine(_folder.FullName, "links.csv"));

    [Fact]
    public async Task It_has_its_name_only_when_it_is_whole()
    {
        await WholeFile.WriteAsync(Target, overwrites: false, isSecret: true, async stream =>
        {
            await stream.WriteAsync("page"u8.ToArray(), TestContext.Current.CancellationToken);
            Assert.False(Target.Exists);
        });

        Assert.Equal("links.csv", Assert.Single(_folder.GetFiles()).Name);
        Assert.Equal("page", await File.ReadAllTextAsync(Target.FullName, TestContext.Current.CancellationToken));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target.FullName));
    }

    [Fact]
    public async Task Nothing_is_left_of_one_that_broke_off()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => WholeFile.WriteAsync(
            Target, overwrites: false, isSecret: false, _ => throw new InvalidOperationException("Broken off.")));

        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public async Task One_that_is_there_stays_unless_it_may_go()
    {
        await File.WriteAllTextAsync(Target.FullName, "old", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<IOException>(() => WholeFile.WriteAsync(
            Target, overwrites: false, isSecret: false, _ => throw new InvalidOperationException("Not to be written.")));
        Assert.Equal("old", await File.ReadAllTextAsync(Target.FullName, TestContext.Current.CancellationToken));
        await WholeFile.WriteAsync(Target, overwrites: true, isSecret: false, _ => Task.CompletedTask);

        Assert.Empty(await File.ReadAllTextAsync(Target.FullName, TestContext.Current.CancellationToken));
        Assert.Single(_folder.GetFiles());
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
