using LinkMonitor.Hosting.Functions;

namespace LinkMonitor.Tests.Hosting.Functions;

public sealed class FunctionCatalogTests
{
    [Fact]
    public void A_function_is_found_by_its_exact_name_only()
    {
        var catalog = new FunctionCatalog([Registration(new QueueFunctionDefinition("CheckPage", "page-checks"))]);

        Assert.NotNull(catalog.Find("CheckPage"));
        Assert.Null(catalog.Find("checkpage"));
        Assert.Null(catalog.Find(""));
    }

    [Fact]
    public void Two_functions_of_one_name_are_refused()
    {
        Assert.Throws<InvalidOperationException>(() => new FunctionCatalog(
        [
            Registration(new QueueFunctionDefinition("CheckPage", "a-queue")),
            Registration(new QueueFunctionDefinition("checkpage", "other-queue")),
        ]));
    }

    [Fact]
    public void Two_functions_of_one_queue_are_refused()
    {
        Assert.Throws<InvalidOperationException>(() => new FunctionCatalog(
        [
            Registration(new QueueFunctionDefinition("One", "a-queue")),
            Registration(new QueueFunctionDefinition("Two", "a-queue")),
        ]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1Check")]
    [InlineData("Check Page")]
    [InlineData("Check/Page")]
    public void A_name_the_host_would_refuse_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => new QueueFunctionDefinition(name, "page-checks"));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("Page-Checks")]
    [InlineData("page--checks")]
    [InlineData("-page")]
    [InlineData("page_checks")]
    public void A_queue_name_storage_would_refuse_is_refused(string queue)
    {
        Assert.Throws<ArgumentException>(() => new QueueFunctionDefinition("CheckPage", queue));
    }

    [Theory]
    [InlineData("* * * * *")]
    [InlineData("60 * * * * *")]
    [InlineData("every minute")]
    public void A_schedule_that_is_not_six_fields_of_NCRONTAB_is_refused(string schedule)
    {
        Assert.Throws<ArgumentException>(() => new TimerFunctionDefinition("ScheduleChecks", schedule));
    }

    private static FunctionRegistration Registration(FunctionDefinition definition) => new(definition, (_, _, _) => Task.CompletedTask);
}
