namespace LinkMonitor.IntegrationTests.Support;

/// <summary>One product for the tests of a class that only talk to its API.</summary>
public sealed class ApiFixture(AzuriteFixture azurite) : IAsyncLifetime
{
    private Product? _product;

    public Product Product => _product ?? throw new InvalidOperationException("The product is not running.");

    public ProductSettings Settings { get; } = ProductSettings.On(azurite);

    public async ValueTask InitializeAsync() => _product = await Product.StartAsync(Settings, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_product is not null)
            await _product.DisposeAsync();
    }
}
