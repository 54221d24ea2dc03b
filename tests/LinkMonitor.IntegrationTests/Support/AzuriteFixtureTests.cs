using System.Net.Sockets;

namespace LinkMonitor.IntegrationTests.Support;

public sealed class AzuriteFixtureTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Every_service_accepts_connections()
    {
        foreach (var endpoint in new[] { azurite.TableEndpoint, azurite.QueueEndpoint, azurite.BlobEndpoint })
        {
            using var client = new TcpClient();

            await client.ConnectAsync(endpoint.Host, endpoint.Port, TestContext.Current.CancellationToken);

            Assert.True(client.Connected);
        }
    }

    [Fact]
    public async Task A_server_whose_test_host_is_gone_ends_itself()
    {
        using var process = NodeModules.Start("node", RepositoryRoot.Path,
            ["--require", "./tests/LinkMonitor.IntegrationTests/Support/exit-with-parent.cjs", "-e", "setInterval(() => {}, 1000)"]);

        process.StandardInput.Close();

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public void Names_are_never_given_twice()
    {
        var names = Enumerable.Range(0, 100).Select(_ => azurite.UniqueName("table")).ToHashSet();

        Assert.Equal(100, names.Count);
    }
}
