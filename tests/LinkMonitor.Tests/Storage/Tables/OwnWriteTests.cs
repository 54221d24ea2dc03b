using Azure;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Tests.Storage.Tables;

public sealed class OwnWriteTests
{
    private static readonly DateTimeOffset Since = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(TableTransactionActionType.Add, false)]
    [InlineData(TableTransactionActionType.UpdateReplace, false)]
    [InlineData(TableTransactionActionType.UpsertReplace, false)]
    [InlineData(TableTransactionActionType.UpdateMerge, true)]
    [InlineData(TableTransactionActionType.UpsertMerge, true)]
    public void More_properties_than_sent_are_explained_by_a_merge_only(TableTransactionActionType type, bool explained)
    {
        var stored = Stored();
        stored["More"] = 1;

        Assert.Equal(explained, OwnWrite.Explains(Action(type), stored, Since));
        Assert.True(OwnWrite.Explains(Action(type), Stored(), Since));
    }

    [Fact]
    public void The_same_content_written_before_our_first_try_is_not_ours()
    {
        var stored = Stored();
        stored.Timestamp = Since.AddTicks(-1);

        Assert.False(OwnWrite.Explains(Action(TableTransactionActionType.Add), stored, Since));
    }

    [Theory]
    [InlineData("Text", "other")]
    [InlineData("Number", 2)]
    [InlineData("Number", 1L)]
    [InlineData("Real", 1d)]
    [InlineData("Text", null)]
    public void One_other_value_is_not_ours(string name, object? value)
    {
        var stored = Stored();
        stored[name] = value;

        Assert.False(OwnWrite.Explains(Action(TableTransactionActionType.UpdateMerge), stored, Since));
    }

    [Fact]
    public void Bytes_are_compared_by_content()
    {
        var stored = Stored();
        stored["Bytes"] = new byte[] { 1, 3 };

        Assert.False(OwnWrite.Explains(Action(TableTransactionActionType.Add), stored, Since));
    }

    [Fact]
    public void A_delete_explains_absence_and_nothing_else_does()
    {
        Assert.True(OwnWrite.Explains(Action(TableTransactionActionType.Delete), null, Since));
        Assert.False(OwnWrite.Explains(Action(TableTransactionActionType.Delete), Stored(), Since));
        Assert.False(OwnWrite.Explains(Action(TableTransactionActionType.Add), null, Since));
    }

    private static TableTransactionAction Action(TableTransactionActionType type) => new(type, Entity(), ETag.All);

    private static TableEntity Stored()
    {
        var entity = Entity();
        entity.Timestamp = Since;
        entity.ETag = new ETag("W/\"1\"");
        entity.Remove("Nothing");
        return entity;
    }

    private static TableEntity Entity() => new("p", "r")
    {
        ["Text"] = "t",
        ["Number"] = 1,
        ["Real"] = double.NaN,
        ["Bytes"] = new byte[] { 1, 2 },
        ["Nothing"] = null,
        ["Moment"] = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(1)),
    };
}
