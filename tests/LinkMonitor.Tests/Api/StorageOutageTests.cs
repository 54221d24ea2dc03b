using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using LinkMonitor.Hosting.Serving;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moq;

namespace LinkMonitor.Tests.Api;

/// <summary>What callers are told while the storage fails.</summary>
public sealed class StorageOutageTests : IAsyncLifetime
{
    private const string AdminKey = "an admin key for the tests only";
    private readonly Mock<IProjectStore> _projects = new(MockBehavior.Strict);
    private WebApplication _app = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = Server.CreateBuilder(new ServerSettings { Port = 0 });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create<string, string?>("LinkMonitor:AdminKey", AdminKey)]);
        Server.AddRooms(builder, new StorageOptions { ConnectionString = "UseDevelopmentStorage=true" });
        builder.Services.AddSingleton(_projects.Object);
        _app = Server.Build(builder);
        await _app.StartAsync(Token);
    }

    [Theory]
    [InlineData(StorageFailureKind.NoAnswer, 0)]
    [InlineData(StorageFailureKind.Denied, 403)]
    [InlineData(StorageFailureKind.NotCreated, 404)]
    [InlineData(StorageFailureKind.Failed, 500)]
    public async Task A_storage_that_fails_is_a_503_that_says_that_trying_again_is_safe(StorageFailureKind kind, int status)
    {
        Fail(new StorageFailureException(kind, status, "secret words of the storage", null));

        using var answer = await GetAsync("/api/v1/projects/prj_2k6v5q3mzt7ahw4c", Token);
        var body = await answer.Content.ReadAsStringAsync(Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("The storage does not answer.", body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret words", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Input_that_does_not_fit_a_row_is_a_400_that_names_the_field()
    {
        _projects.Setup(store => store.AddAsync(It.IsAny<Project>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new RowTooLargeException("recipients", "The column recipients has 70000 bytes; at most 65536 are allowed."));
        using var client = Client();

        using var answer = await client.PostAsJsonAsync("/api/v1/projects", new { name = "Example" }, Token);
        var body = await answer.Content.ReadAsStringAsync(Token);

        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, body);
        Assert.Contains("\"errors\":{\"recipients\":[\"It is too long to be stored.", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_others_write_all_the_time_is_a_503_and_no_fault_of_ours()
    {
        Fail(new ContentionException("Project prj_2k6v5q3mzt7ahw4c was written by others at each of 20 attempts."));

        using var answer = await GetAsync("/api/v1/projects/prj_2k6v5q3mzt7ahw4c", Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains(
            "Somebody else wrote at the same time.", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_storage_that_fails_is_not_healthy()
    {
        Fail(new StorageFailureException(StorageFailureKind.NoAnswer, 0, "No answer.", null));

        using var answer = await GetAsync("/health", Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("\"failing\"", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_gives_up_on_a_storage_that_hangs_ends_the_work_for_it()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _projects.Setup(store => store.GetAsync(It.IsAny<ProjectId>(), It.IsAny<CancellationToken>()))
            .Returns(async (ProjectId _, CancellationToken cancellationToken) =>
            {
                cancellationToken.Register(ended.SetResult);
                begun.SetResult();
                await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
                return null;
            });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var asking = GetAsync("/api/v1/projects/prj_2k6v5q3mzt7ahw4c", patience.Token);
        await begun.Task.WaitAsync(Token);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await ended.Task.WaitAsync(Token);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private void Fail(Exception failure) =>
        _projects.Setup(store => store.GetAsync(It.IsAny<ProjectId>(), It.IsAny<CancellationToken>())).ThrowsAsync(failure);

    private async Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var client = Client();
        return await client.GetAsync(path, cancellationToken);
    }

    private HttpClient Client() => new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = new Uri(_app.Urls.Single()),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", AdminKey) },
    };
}
