using Azure;
using Azure.Identity;
using LinkMonitor.Storage.Border;

namespace LinkMonitor.Tests.Storage.Border;

public sealed class StorageBorderTests
{
    private static readonly RequestFailedException Cut = new(0, "Connection refused.");
    private static readonly RequestFailedException Busy = new(503, "Server busy.\nHeaders:\nsecret: x", "ServerBusy", null);

    [Theory]
    [InlineData(0, null, StorageFailureKind.NoAnswer)]
    [InlineData(401, null, StorageFailureKind.Denied)]
    [InlineData(403, "AuthorizationPermissionMismatch", StorageFailureKind.Denied)]
    [InlineData(404, "TableNotFound", StorageFailureKind.NotCreated)]
    [InlineData(404, "QueueNotFound", StorageFailureKind.NotCreated)]
    [InlineData(404, "MessageNotFound", StorageFailureKind.Failed)]
    [InlineData(500, "InternalError", StorageFailureKind.Failed)]
    public void A_refused_request_says_how(int status, string? code, StorageFailureKind kind)
    {
        var failure = Translated(new RequestFailedException(status, "Words.", code, null));

        Assert.Equal((kind, status, "Words."), (failure.Kind, failure.Status, failure.Message));
    }

    [Fact]
    public void Of_many_tries_the_last_one_counts_and_all_are_kept()
    {
        var answered = Translated(new AggregateException(Cut, new TaskCanceledException(), Busy));
        var silent = Translated(new AggregateException(Busy, new IOException("Reset.")));

        Assert.Equal((StorageFailureKind.Failed, 503, "Server busy."), (answered.Kind, answered.Status, answered.Message));
        Assert.Equal(3, Assert.IsType<AggregateException>(answered.InnerException).InnerExceptions.Count);
        Assert.Equal((StorageFailureKind.NoAnswer, 0, "Reset."), (silent.Kind, silent.Status, silent.Message));
    }

    [Fact]
    public void A_timeout_and_a_missing_token_are_no_answer()
    {
        Assert.Equal(StorageFailureKind.NoAnswer, Translated(new TaskCanceledException()).Kind);
        Assert.Equal(StorageFailureKind.NoAnswer, Translated(new AuthenticationFailedException("No token.")).Kind);
        Assert.Equal(StorageFailureKind.NoAnswer, Translated(new CredentialUnavailableException("No identity.")).Kind);
    }

    [Fact]
    public void A_stop_that_was_asked_for_stays_one_however_many_tries_it_comes_with()
    {
        var stopped = new CancellationToken(canceled: true);

        Assert.Null(StorageBorder.Translate(new OperationCanceledException(), stopped));
        Assert.IsType<OperationCanceledException>(
            StorageBorder.Translate(new AggregateException(Cut, new TaskCanceledException()), stopped));
    }

    [Fact]
    public void A_bug_of_ours_is_no_failure_of_the_storage()
    {
        Assert.Null(StorageBorder.Translate(new ArgumentException("A bug."), CancellationToken.None));
        Assert.Null(StorageBorder.Translate(new AggregateException(Cut, new InvalidOperationException("A bug.")), CancellationToken.None));
    }

    private static StorageFailureException Translated(Exception exception) =>
        Assert.IsType<StorageFailureException>(StorageBorder.Translate(exception, CancellationToken.None));
}
